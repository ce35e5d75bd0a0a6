package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import io.portico.server.config.ConfigLoader;
import io.portico.store.SqliteRecordStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code portico rehearse}: starts a gateway, deploys a small API, calls it and AWS's APIs, and
 * ends. What the launcher records the classes of a start from.
 */
@Command(name = "rehearse", hidden = true, description = "Starts, answers some calls, and ends.")
final class RehearseCommand implements Callable<Integer> {
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: Rehearsal, version: "1"}
      paths:
        /mock/{id}:
          get:
            responses: {"200": {description: An id}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses:
                default:
                  statusCode: "200"
                  responseTemplates:
                    application/json: '{"id": "$input.params(''id'')", "at": "$context.requestId"}'
        /proxy:
          get:
            responses: {}
            x-amazon-apigateway-integration:
              type: http_proxy
              httpMethod: GET
              uri: http://${stageVariables.self}/mock/1
      """;
  private static final String SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request,"
          + " SignedHeaders=host, Signature=00";

  @Override
  public Integer call() throws IOException {
    try (Gateway gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(null, Map.of(), Map.of("port", "0", "ephemeral", "true"))
                .config())) {
      byte[] content = DEFINITION.getBytes(StandardCharsets.UTF_8);
      Deployer.Deployed api =
          new Deployer(gateway, "prod")
              .deploy(new Definition(Path.of("rehearsal.yaml"), content, Yaml.parse(DEFINITION)));
      for (String url :
          List.of(
              api.url() + "/mock/1",
              api.url() + "/proxy",
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
    openDurableStore();
    return ExitStatus.OK.code();
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

  private static void openDurableStore() throws IOException {
    Path folder = Files.createTempDirectory("portico-rehearsal-");
    try (RecordStore store = SqliteRecordStore.open(folder.resolve("data"))) {
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
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
