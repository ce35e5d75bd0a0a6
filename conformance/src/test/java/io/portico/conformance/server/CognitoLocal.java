package io.portico.conformance.server;

import io.portico.conformance.process.NodeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** cognito-local, which speaks the API of Cognito's user pools and signs tokens. */
public final class CognitoLocal implements AutoCloseable {
  /** What its tokens have as {@code iss} before the pool's id. */
  public static final String ISSUER = "http://cognito.example";

  private final NodeServer server;

  private CognitoLocal(NodeServer server) {
    this.server = server;
  }

  /**
   * Starts it; none where Node.js or npm is missing.
   *
   * @param data an empty folder for its users
   */
  public static Optional<CognitoLocal> start(Path data) {
    try {
      Path settings = Files.createDirectories(data.resolve(".cognito")).resolve("config.json");
      Files.writeString(settings, "{\"TokenConfig\": {\"IssuerDomain\": \"" + ISSUER + "\"}}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return NodeServer.start("cognito-local", data, Map.of("PORT", "0")).map(CognitoLocal::new);
  }

  /** Where its API and its key sets are. */
  public URI url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
