package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few calls of API Gateway's own API that a run needs, as any client would send them. */
public final class ControlPlane implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([a-z0-9]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // The credential scope is what tells the control plane from the data plane; nothing is checked
  // against it.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/apigateway/aws4_request,"
          + " SignedHeaders=host, Signature="
          + "0".repeat(64);

  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  public ControlPlane(int port) {
    this.address = "http://127.0.0.1:" + port;
  }

  /** ImportRestApi; gives the id of the API. */
  String importRestApi(Path definition, ImportedApi.Endpoint endpoint) throws IOException {
    return id(
        call(
            "POST",
            "/restapis?mode=import&endpointConfigurationTypes=" + endpoint,
            Files.readString(definition)));
  }

  public void createDeployment(String api, String stage) throws IOException {
    call("POST", "/restapis/" + api + "/deployments", "{\"stageName\": \"" + stage + "\"}");
  }

  /** The first id in an answer. */
  public static String id(String answer) {
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new BenchFailure("there is no id in " + answer);
    }
    return id.group(1);
  }

  /**
   * One call.
   *
   * @return the body of the answer
   * @throws IOException if the answer does not come
   * @throws BenchFailure if it is a refusal
   */
  public String call(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", AUTHORIZATION)
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new BenchFailure(
            method + " " + path + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted during " + method + " " + path, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
