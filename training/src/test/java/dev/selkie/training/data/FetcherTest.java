package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {
  private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.US_ASCII);

  /** Of "abc", from FIPS 180-2, appendix B.1. */
  private static final String SUM =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final List<RemoteFile> FILES =
      List.of(RemoteFile.content("file", SUM, CONTENT.length));

  @TempDir Path cache;
  private final CountDownLatch done = new CountDownLatch(1);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private HttpServer server;
  private final List<String> requests = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    serve("/good/", CONTENT);
    serve("/bad/", "other".getBytes(StandardCharsets.US_ASCII));
    server.start();
  }

  @AfterEach
  void stop() {
    done.countDown();
    server.stop(0);
    executor.shutdown();
  }

  private void serve(String path, byte[] content) throws IOException {
    byte[] packed = packed(content);
    serve(
        path,
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, packed.length);
          exchange.getResponseBody().write(packed);
        });
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private WebSource source(String path) {
    return new WebSource("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  private Path fetch(Source... sources) {
    return new Fetcher(cache, log::add).fetch("set", FILES, List.of(sources));
  }

  @Test
  void asksTheNextSourceWhereOneFailsAndOnlyOnce() throws IOException {
    Path folder = fetch(source("/absent/"), source("/bad/"), source("/good/"));
    try (InputStream in = InputFile.content(folder.resolve("file.gz"))) {
      assertArrayEquals(CONTENT, in.readAllBytes());
    }
    assertEquals(List.of("/bad/file.gz", "/good/file.gz"), requests);
    assertEquals(folder, fetch(source("/good/")));
    assertEquals(2, requests.size(), "the cache answers the second time");
    try (Stream<Path> left = Files.list(cache)) {
      assertEquals(List.of(folder), left.toList(), "nothing temporary is left");
    }
  }

  /** Answers as told, with the number of this request from 1 on. */
  private interface Answer {
    void give(HttpExchange exchange, int request) throws IOException;
  }

  private void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestURI().getPath());
          try (exchange) {
            answer.give(exchange, requests.size());
          }
        });
  }

  /** Declares the whole length and hangs up in the middle. */
  private static void breakOff(HttpExchange exchange, byte[] file) throws IOException {
    exchange.sendResponseHeaders(200, file.length);
    exchange.getResponseBody().write(file, 0, file.length / 2);
    exchange.getResponseBody().flush();
  }

  @Test
  void aDownloadThatBreaksOffGoesOnWhereItStopped() throws IOException {
    byte[] file = packed(CONTENT);
    List<String> ranges = new ArrayList<>();
    serve(
        "/broken/",
        (exchange, request) -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(String.valueOf(range));
          if (request == 1) {
            breakOff(exchange, file);
          } else {
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.sendResponseHeaders(206, file.length - from);
            exchange.getResponseBody().write(file, from, file.length - from);
          }
        });
    Path folder = fetch(source("/broken/"));
    assertArrayEquals(file, Files.readAllBytes(folder.resolve("file.gz")));
    assertEquals(List.of("null", "bytes=%d-".formatted(file.length / 2)), ranges);
  }

  @Test
  void aServerWithoutRangesSendsAllOfItAgain() throws IOException {
    byte[] file = packed(CONTENT);
    serve(
        "/broken/",
        (exchange, request) -> {
          if (request == 1) {
            breakOff(exchange, file);
          } else {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
          }
        });
    Path folder = fetch(source("/broken/"));
    assertArrayEquals(file, Files.readAllBytes(folder.resolve("file.gz")));
  }

  @Test
  void aServerThatStopsInTheMiddleIsNotWaitedForAndTheNextIsAsked() throws IOException {
    byte[] file = packed(CONTENT);
    serve(
        "/stalled/",
        (exchange, request) -> {
          breakOff(exchange, file);
          await();
        });
    WebSource stalled = new WebSource(source("/stalled/").address(), Duration.ofMillis(200));
    Path folder =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> fetch(stalled, source("/good/")));
    assertArrayEquals(file, Files.readAllBytes(folder.resolve("file.gz")));
  }

  private void await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Half of a gzip file, sent as if it were all: no sum can be taken of it. */
  @Test
  void aFileThatWasCutAtTheSourceIsFetchedFromTheNext() throws IOException {
    byte[] file = packed(CONTENT);
    serve(
        "/cut/",
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, file.length / 2);
          exchange.getResponseBody().write(file, 0, file.length / 2);
        });
    Path folder = fetch(source("/cut/"), source("/good/"));
    assertArrayEquals(file, Files.readAllBytes(folder.resolve("file.gz")));
    try (Stream<Path> left = Files.list(cache)) {
      assertEquals(List.of(folder), left.toList(), "nothing temporary is left");
    }
  }

  @Test
  void whatAKilledFetchLeftIsRemovedADayLater() throws IOException {
    Path old = Files.createDirectories(cache.resolve("fetch-1"));
    Files.write(old.resolve("file.gz"), new byte[5]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path recent = Files.createDirectories(cache.resolve("fetch-2"));
    fetch(source("/good/"));
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(recent));
  }

  /** Another process fetches the same meanwhile. */
  @Test
  void whoeverIsFasterFillsTheCache() throws IOException {
    byte[] file = packed(CONTENT);
    serve(
        "/slow/",
        (exchange, request) -> {
          Files.createDirectories(cache.resolve("set"));
          Files.write(cache.resolve("set").resolve("file.gz"), file);
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file);
        });
    assertEquals(cache.resolve("set"), fetch(source("/slow/")));
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.write(cache.resolve("plain"), new byte[1]);
    Fetcher fetcher = new Fetcher(file.resolve("cache"), log::add);
    DataException e =
        assertThrows(
            DataException.class, () -> fetcher.fetch("set", FILES, List.of(source("/good/"))));
    assertTrue(e.getMessage().contains("SELKIE_CACHE"), e.getMessage());
  }

  @Test
  void saysOfEachSourceWhyItFailed() {
    DataException e =
        assertThrows(DataException.class, () -> fetch(source("/absent/"), source("/bad/")));
    assertTrue(e.getMessage().contains("status 404"), e.getMessage());
    assertTrue(e.getMessage().contains("not " + SUM), e.getMessage());
    assertTrue(e.getMessage().contains("--folder DIR"), e.getMessage());
    assertFalse(Files.exists(cache.resolve("set")));
  }

  @Test
  void aSourceThatDoesNotAnswerIsNamed() {
    WebSource closed = source("/good/");
    server.stop(0);
    DataException e = assertThrows(DataException.class, () -> fetch(closed));
    assertTrue(e.getMessage().contains("no answer from " + closed.address()), e.getMessage());
  }

  @Test
  void aSpoiltCacheIsNoticed() throws IOException {
    Path folder = fetch(source("/good/"));
    Files.write(folder.resolve("file.gz"), new byte[] {1, 2, 3});
    DataException e = assertThrows(DataException.class, () -> fetch(source("/good/")));
    assertTrue(e.getMessage().contains("remove " + folder), e.getMessage());
  }
}
