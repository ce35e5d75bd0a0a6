package io.portico.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.server.Gateway;
import io.portico.store.SqliteRecordStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code portico rehearse}: does what {@code run} does with a small API, calls it and AWS's APIs,
 * and ends. What the launcher records the classes of a start from.
 */
final class RehearseCommand implements Verb {
  private static final String DEFINITION = "rehearsal.yaml";
  private static final String SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request,"
          + " SignedHeaders=host, Signature=00";

  @Override
  public String name() {
    return "rehearse";
  }

  @Override
  public List<String> description() {
    return List.of("Starts, answers some calls, and ends.");
  }

  @Override
  public boolean shown() {
    return false;
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) throws IOException {
    Path folder = Files.createTempDirectory("portico-rehearsal-");
    try {
      serveDefinition(folder);
      openDurableStore(folder.resolve("data"));
    } finally {
      delete(folder);
    }
    return ExitStatus.OK.code();
  }

  private static void serveDefinition(Path folder) throws IOException {
    try (InputStream definition = RehearseCommand.class.getResourceAsStream(DEFINITION)) {
      if (definition == null) {
        throw new IOException("no " + DEFINITION + " on the class path");
      }
      Files.copy(definition, folder.resolve(DEFINITION));
    }
    Arguments run =
        Arguments.read(
            new RunCommand(), List.of(folder.toString(), "--port", "0", "--tls-port", "0"));
    RunCommand.Running running = RunCommand.start(run);
    try (Gateway gateway = running.gateway()) {
      running.announce(new PrintWriter(OutputStream.nullOutputStream(), false, UTF_8));
      Deployer.Deployed api = running.apis().getFirst();
      for (String url :
          List.of(
              api.url() + "/pets",
              api.url() + "/pets/1",
              api.url() + "/pets/1/stock",
              api.url() + "/nothing",
              gateway.url() + "/restapis",
              gateway.url() + "/restapis/" + api.apiId() + "/resources",
              gateway.url() + "/_portico/health/ready",
              gateway.url() + "/_portico/metrics")) {
        int status = get(url);
        if (status >= 500) {
          throw new IOException(url + " answered " + status);
        }
      }
    }
  }

  private static int get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Authorization", SIGNATURE);
    try {
      int status = connection.getResponseCode();
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        if (body != null) {
          body.readAllBytes();
        }
      }
      return status;
    } finally {
      connection.disconnect();
    }
  }

  private static void openDurableStore(Path data) throws IOException {
    try (RecordStore store = SqliteRecordStore.open(data)) {
      RecordKey key = new RecordKey("rehearsal", "", "one");
      int kept =
          store.write(
              change -> {
                change.put(key, Json.bytes(Json.object().put("kept", true)));
                return change.list("rehearsal", "", "", 1).size();
              });
      if (kept != 1) {
        throw new IOException("the store kept nothing");
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
