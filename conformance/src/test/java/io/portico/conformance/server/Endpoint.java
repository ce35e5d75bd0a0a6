package io.portico.conformance.server;

import static java.util.Map.entry;

import java.net.URI;
import java.util.Map;

/** Where a running Portico is: all that a client knows of it. */
public record Endpoint(int port) {
  public static final String REGION = "us-east-1";
  public static final String ACCOUNT = "000000000000";

  /** Any key is good for a server that checks none; AWS's clients want to sign all the same. */
  public static final String ACCESS_KEY = "test";

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A URL of a stage that needs no name resolution. */
  public URI pathForm(String api, String stage, String path) {
    return uri().resolve("/_aws/execute-api/" + api + "/" + stage + path);
  }

  /** The Host under which an API is called as on AWS. */
  public String host(String api) {
    return api + ".execute-api." + REGION + ".localhost:" + port;
  }

  /** What AWS's own tools read, and all they know of AWS. */
  public Map<String, String> environment() {
    return Map.ofEntries(
        entry("AWS_ENDPOINT_URL", uri().toString()),
        entry("AWS_ACCESS_KEY_ID", ACCESS_KEY),
        entry("AWS_SECRET_ACCESS_KEY", ACCESS_KEY),
        entry("AWS_DEFAULT_REGION", REGION),
        entry("AWS_REGION", REGION),
        entry("AWS_CONFIG_FILE", "/dev/null"),
        entry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        entry("AWS_EC2_METADATA_DISABLED", "true"),
        entry("AWS_MAX_ATTEMPTS", "1"),
        entry("AWS_PAGER", ""),
        // Newer CLIs of both versions otherwise put more below an error than its text.
        entry("AWS_CLI_ERROR_FORMAT", "legacy"));
  }
}
