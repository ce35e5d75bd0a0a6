package io.portico.server.cli;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings definitions into a running gateway by the operations an AWS client would call. */
final class Deployer {
  private final Gateway gateway;
  private final String stage;

  Deployer(Gateway gateway, String stage) {
    this.gateway = gateway;
    this.stage = stage;
  }

  /**
   * A definition that is served.
   *
   * @param url the stage's, without a slash at its end
   * @param curl a command that calls it, unless it has no operation
   * @param warnings what the import ignored, in AWS's words
   */
  record Deployed(
      Path file,
      String apiId,
      String name,
      String url,
      Optional<String> curl,
      List<String> warnings) {}

  /**
   * Imports and deploys.
   *
   * @throws DefinitionException if the control plane refuses, in its words
   */
  Deployed deploy(Definition definition) {
    try {
      JsonNode api = gateway.call("ImportRestApi", Json.object().put("body", definition.content()));
      String apiId = api.path("id").asString();
      String url = gateway.url() + "/_aws/execute-api/" + apiId + "/" + stage;
      ObjectNode deployment = Json.object().put("restApiId", apiId).put("stageName", stage);
      self(url).ifPresent(self -> deployment.putObject("variables").put("self", self));
      JsonNode _ = gateway.call("CreateDeployment", deployment);
      return new Deployed(
          definition.file(),
          apiId,
          api.path("name").asString(),
          url,
          CurlLine.of(definition.document(), url),
          StreamSupport.stream(api.path("warnings").spliterator(), false)
              .map(JsonNode::asString)
              .toList());
    } catch (ServiceException e) {
      throw new DefinitionException(
          definition.file()
              + ": "
              + e.text().lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse(e.code()),
          e);
    }
  }

  /**
   * A stage's URL without the scheme. A stage variable takes no brackets: where all addresses of
   * IPv6 are listened at, or the one of this machine alone, stands localhost, which means it on a
   * machine that knows this name by IPv6, too. For any other there is none.
   */
  static Optional<String> self(String url) {
    String address = url.substring(url.indexOf("://") + 3);
    if (!address.startsWith("[")) {
      return Optional.of(address);
    }
    int end = address.indexOf(']');
    InetAddress host = InetAddress.ofLiteral(address.substring(1, end));
    return host.isLoopbackAddress() || host.isAnyLocalAddress()
        ? Optional.of("localhost" + address.substring(end + 1))
        : Optional.empty();
  }
}
