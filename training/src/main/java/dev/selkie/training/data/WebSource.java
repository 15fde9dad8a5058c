package dev.selkie.training.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gzipped files below one address. A plain http address is safe here because every file is checked
 * by its sum. A download that breaks off goes on where it stopped.
 *
 * @param patience how long to wait for a connection, an answer, and each next byte
 */
record WebSource(String address, Duration patience) implements Source {
  private static final int ATTEMPTS = 3;
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  WebSource(String address) {
    this(address, Duration.ofSeconds(20));
  }

  @Override
  public String name() {
    return address;
  }

  @Override
  public void fetch(List<RemoteFile> files, Path folder) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    for (RemoteFile file : files) {
      URI uri = URI.create(address + file.name() + ".gz");
      int status = get(client, uri, folder.resolve(file.name() + ".gz"));
      if (status != OK && status != PARTIAL_CONTENT) {
        throw new IOException("%s answered with status %d".formatted(uri, status));
      }
    }
  }

  private int get(HttpClient client, URI uri, Path target)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      long before = present(target);
      try {
        return attempt(client, uri, target);
      } catch (IOException e) {
        // Without a single new byte there is nothing to continue: the next source may answer.
        if (attempt == ATTEMPTS || present(target) == before) {
          throw new IOException("no answer from %s (%s)".formatted(uri, IoReason.of(e)), e);
        }
      }
    }
  }

  /** Asks for what is still missing. */
  private int attempt(HttpClient client, URI uri, Path target)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience);
    if (present(target) > 0) {
      request.header("Range", "bytes=%d-".formatted(present(target)));
    }
    return await(client.sendAsync(request.build(), info -> body(info, target)), target);
  }

  private static HttpResponse.BodySubscriber<Path> body(
      HttpResponse.ResponseInfo info, Path target) {
    return switch (info.statusCode()) {
      case OK ->
          BodySubscribers.ofFile(
              target,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING);
      case PARTIAL_CONTENT ->
          BodySubscribers.ofFile(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      default -> BodySubscribers.replacing(target);
    };
  }

  /** The client's own timeout ends with the answer's first line; a body may stall later. */
  private int await(CompletableFuture<HttpResponse<Path>> answer, Path target)
      throws IOException, InterruptedException {
    long before = -1;
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      } catch (TimeoutException e) {
        long now = present(target);
        if (now == before) {
          answer.cancel(true);
          throw new IOException("nothing received for %d s".formatted(patience.toSeconds()), e);
        }
        before = now;
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      }
    }
  }

  private static long present(Path target) throws IOException {
    return Files.exists(target) ? Files.size(target) : 0;
  }
}
