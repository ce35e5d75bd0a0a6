package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.x509.Pem;
import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import io.portico.server.ServerProcess;
import io.portico.server.ServerProcess.Ended;
import io.portico.server.config.ConfigLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code portico ca}, asked of a Portico that runs. */
final class CaCommandTest {
  @TempDir Path folder = Path.of("");

  private Gateway start() {
    return GatewayAssembly.start(
        new ConfigLoader()
            .load(null, Map.of(), Map.of("data", folder.resolve("data").toString(), "port", "0"))
            .config());
  }

  private Ended run(Gateway gateway, String... words) throws Exception {
    String[] all = new String[words.length + 3];
    all[0] = "ca";
    all[1] = "--endpoint";
    all[2] = gateway.url();
    System.arraycopy(words, 0, all, 3, words.length);
    return ServerProcess.run(folder, all);
  }

  @Test
  void printsAndWritesOneCertificateThatStays() throws Exception {
    String first;
    Ended json;
    Path file = folder.resolve("ca.pem");
    try (Gateway gateway = start()) {
      first = run(gateway).out();
      json = run(gateway, "--json");
      assertThat(run(gateway, "--out", file.toString()).out()).isEmpty();
    }
    String afterwards;
    HttpResponse<String> plain;
    try (Gateway gateway = start();
        HttpClient client = HttpClient.newHttpClient()) {
      afterwards = run(gateway).out();
      plain =
          client.send(
              HttpRequest.newBuilder(URI.create(gateway.url() + "/_portico/ca.pem")).build(),
              BodyHandlers.ofString());
    }

    X509Certificate authority = Pem.certificates(first).getFirst();
    JsonNode told = Json.parse(json.out());
    assertThat(authority.getBasicConstraints()).isZero();
    authority.verify(authority.getPublicKey());
    assertThat(Files.readString(file)).isEqualTo(first);
    assertThat(afterwards).isEqualTo(first);
    assertThat(plain.body()).isEqualTo(first);
    assertThat(plain.headers().firstValue("Content-Type")).hasValue("application/x-pem-file");
    assertThat(told.path("certificate").asString()).isEqualTo(first);
    assertThat(told.path("subject").asString()).isEqualTo("CN=Portico local CA,O=Portico");
    assertThat(told.path("sha256").asString()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void saysWhereItHasLooked() throws Exception {
    Ended ended = ServerProcess.run(folder, "ca", "--endpoint", "http://127.0.0.1:1");

    assertThat(ended.status()).isNotZero();
    assertThat(ended.err()).contains("no Portico answers at http://127.0.0.1:1");
  }
}
