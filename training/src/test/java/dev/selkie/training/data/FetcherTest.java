package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private HttpServer server;
  private final List<String> requests = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/good/", CONTENT);
    serve("/bad/", "other".getBytes(StandardCharsets.US_ASCII));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(String path, byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, packed.size());
          exchange.getResponseBody().write(packed.toByteArray());
          exchange.close();
        });
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
