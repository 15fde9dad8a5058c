package dev.selkie.training.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Gzipped files below one address. A plain http address is safe here because every file is checked
 * by its sum.
 */
record WebSource(String address) implements Source {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Override
  public String name() {
    return address;
  }

  @Override
  public void fetch(List<RemoteFile> files, Path folder) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    for (RemoteFile file : files) {
      URI uri = URI.create(address + file.name() + ".gz");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      Path target = folder.resolve(file.name() + ".gz");
      int status = get(client, request, target);
      if (status != 200) {
        throw new IOException("%s answered with status %d".formatted(uri, status));
      }
    }
  }

  private static int get(HttpClient client, HttpRequest request, Path target)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofFile(target)).statusCode();
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("no answer from %s (%s)".formatted(request.uri(), reason), e);
    }
  }
}
