package io.portico.gateway.compile;

import java.util.HashSet;
import java.util.Set;

/**
 * {@code $context} variables of access logs that AWS has and nothing here has a value for: there is
 * neither a firewall nor a VPC that a call comes from, and no part of a certificate is kept. A log
 * has {@code -} for them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables
 *     for data transformations</a>
 */
final class AbsentVariables {
  // AWS: source: documented, of HTTP APIs
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html.
  static final Set<String> OF_HTTP_APIS =
      Set.of(
          "identity.clientCert.clientCertPem",
          "identity.clientCert.issuerDN",
          "identity.clientCert.serialNumber",
          "identity.clientCert.subjectDN",
          "identity.clientCert.validity.notAfter",
          "identity.clientCert.validity.notBefore");

  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html.
  static final Set<String> OF_WEBSOCKET_APIS = Set.of("waf.error", "waf.latency", "waf.status");

  static final Set<String> OF_REST_APIS = ofRestApis();

  private AbsentVariables() {}

  // AWS: source: documented, see the class; of endpointType reported, the default format of the
  // Terraform module terraform-aws-api-gateway-deployment.
  private static Set<String> ofRestApis() {
    Set<String> names = new HashSet<>(OF_HTTP_APIS);
    names.addAll(OF_WEBSOCKET_APIS);
    names.addAll(
        Set.of(
            "endpointType", "identity.vpcId", "identity.vpceId", "wafResponseCode", "webaclArn"));
    return Set.copyOf(names);
  }
}
