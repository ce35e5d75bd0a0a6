package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two calls of API Gateway's own API that a run needs, as any client would send them. */
final class ControlPlane {
  private static final Pattern API_ID = Pattern.compile("\"id\"\\s*:\\s*\"([a-z0-9]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // The credential scope is what tells the control plane from the data plane; nothing is checked
  // against it.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/apigateway/aws4_request,"
          + " SignedHeaders=host, Signature="
          + "0".repeat(64);

  private final String address;

  ControlPlane(int port) {
    this.address = "http://127.0.0.1:" + port;
  }

  /** ImportRestApi; gives the id of the API. */
  String importRestApi(Path definition) {
    try {
      String answer = post("/restapis?mode=import", BodyPublishers.ofFile(definition));
      Matcher id = API_ID.matcher(answer);
      if (!id.find()) {
        throw new BenchFailure("ImportRestApi gave no id: " + answer);
      }
      return id.group(1);
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + definition, e);
    }
  }

  void createDeployment(String api, String stage) {
    post(
        "/restapis/" + api + "/deployments",
        BodyPublishers.ofString("{\"stageName\": \"" + stage + "\"}"));
  }

  private String post(String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", AUTHORIZATION)
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .POST(body)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new BenchFailure(
            path + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new BenchFailure(path + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted during " + path, e);
    }
  }
}
