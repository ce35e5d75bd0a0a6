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

/**
 * The few calls of API Gateway's and Lambda's own APIs that a run needs, as any client would send
 * them.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("\"LastUpdateStatus\"\\s*:\\s*\"Successful\"");
  private static final Pattern FAILED = Pattern.compile("\"State\"\\s*:\\s*\"Failed\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String FUNCTIONS = "/2015-03-31/functions";
  private static final int PAUSE_MILLIS = 10;

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

  /** CreateUsagePlan; gives the id of the plan. */
  String createUsagePlan(String plan) throws IOException {
    return id(call("POST", "/usageplans", plan));
  }

  /** CreateApiKey and CreateUsagePlanKey: who has a key of that value may call by the plan. */
  void admit(String plan, String name, String value) throws IOException {
    String key =
        id(
            call(
                "POST",
                "/apikeys",
                "{\"name\": \"" + name + "\", \"value\": \"" + value + "\", \"enabled\": true}"));
    call(
        "POST",
        "/usageplans/" + plan + "/keys",
        "{\"keyId\": \"" + key + "\", \"keyType\": \"API_KEY\"}");
  }

  /** Lambda's CreateFunction; back when the function can be invoked. */
  void createFunction(String name, String definition) throws IOException {
    String created = call("POST", FUNCTIONS, definition);
    awaitFunction(name, created);
  }

  /** AddPermission: API Gateway may invoke the function for every API. */
  void permitApiGateway(String function) throws IOException {
    call(
        "POST",
        FUNCTIONS + "/" + function + "/policy",
        """
        {"StatementId": "api", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com"}""");
  }

  /** UpdateFunctionConfiguration; back when the change is in force. */
  public void updateFunction(String name, String change) throws IOException {
    String updated = call("PUT", FUNCTIONS + "/" + name + "/configuration", change);
    awaitFunction(name, updated);
  }

  private void awaitFunction(String name, String configuration) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String latest = configuration;
    while (!READY.matcher(latest).find()) {
      if (FAILED.matcher(latest).find() || System.nanoTime() - deadline > 0) {
        throw new BenchFailure("the function does not become ready: " + latest);
      }
      pause();
      latest = call("GET", FUNCTIONS + "/" + name + "/configuration", "");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while waiting for a function", e);
    }
  }

  /** The first id in an answer. */
  public static String id(String answer) {
    return id("id", answer);
  }

  /**
   * The first id of something in an answer.
   *
   * @param member that has it, such as {@code apiId}
   */
  static String id(String member, String answer) {
    Matcher id = Pattern.compile("\"" + member + "\"\\s*:\\s*\"([a-z0-9]+)\"").matcher(answer);
    if (!id.find()) {
      throw new BenchFailure("there is no " + member + " in " + answer);
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
            .header("Authorization", authorization(path))
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

  /**
   * The credential scope is what tells the APIs from each other and from the data plane; nothing is
   * checked against it.
   */
  private static String authorization(String path) {
    return "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/"
        + (path.startsWith(FUNCTIONS) ? "lambda" : "apigateway")
        + "/aws4_request, SignedHeaders=host, Signature="
        + "0".repeat(64);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
