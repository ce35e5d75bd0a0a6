package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/not-implemented.md} lists exactly the operations that answer 501. {@code
 * -Dportico.docs=write} writes it.
 */
class NotImplementedTest {
  private static final Path FILE = Path.of("../docs/not-implemented.md");

  private static final int WIDTH = 116;

  /** Services of which only a part has a place here: what is missing is listed closely. */
  private static final Set<AwsApi> IN_PART =
      Set.of(AwsApi.IAM, AwsApi.STS, AwsApi.LOGS, AwsApi.ACM, AwsApi.CLOUDWATCH);

  private static final Map<AwsApi, String> REASONS =
      Map.of(
          AwsApi.API_GATEWAY,
          "VPC links lead to what `vpc-links.targets` names, see [private-integrations.md](private-integrations.md). `securityPolicy` changes"
              + " nothing of TLS. REST APIs are answered without `apiStatus`, which is newer than AWS's recorded answers: they are `AVAILABLE` at once."
              + " Traces (`tracingEnabled`) are sampled by configuration, not by rules of X-Ray's API. Access logs need no role in the"
              + " account's settings (`cloudwatchRoleArn`), as execution logs do. A custom domain name with"
              + " `mutualTlsAuthentication` answers 403: no client is asked for a certificate yet. So does a"
              + " PRIVATE one, whatever access association it has: nobody comes by a VPC endpoint here; and one"
              + " with `endpointAccessMode` STRICT. Whether a certificate is for the domain name is not looked at. A host that"
              + " several regions have as a domain name is that of the one that was created first.",
          AwsApi.API_GATEWAY_V2,
          "Portals and their products are kept and shared by their policies"
              + " alone, as there are no accounts of others here that AWS RAM would share them with; nobody serves the web pages of a portal,"
              + " published or previewed: they are AWS's own, and its API does not tell what is in them. An issuer"
              + " of a JWT authorizer is asked for its keys with the first token, not when the authorizer is made, so that a definition can be"
              + " made before its issuer runs. A custom domain name with `mutualTlsAuthentication` answers 403, as of v1: a TLS handshake"
              + " here asks no client for a certificate, whatever name it is for, and no truststore is read from S3 (`truststoreUri`)."
              + " Nobody can show that it may come in, so nobody is let in. A route of a"
              + " WebSocket API other than `$connect` with `apiKeyRequired` or an `authorizationType` lets nobody call it: AWS documents"
              + " authorization of `$connect` alone, and not what it makes of others. What AWS takes of WebSocket APIs without saying that"
              + " it does anything is kept and changes nothing: `responseModels`, `responseParameters` and `modelSelectionExpression` of a"
              + " route response; `requestParameters` of routes other than `$connect`, as a message has neither header fields nor a query"
              + " string; a role in `credentialsArn` of an integration that is neither AWS nor AWS_PROXY. `connectionId` without `VPC_LINK`"
              + " is dropped. A WebSocket API's integration with the caller's credentials (`arn:aws:iam::*:user/*`) can be made and answers"
              + " 500: who has signed the handshake has signed no message. Of automatic deployments that no stage points to any"
              + " more the latest ten are kept, where AWS keeps all: each holds the whole API. Routing rules lead to REST APIs alone: AWS takes"
              + " neither HTTP nor WebSocket APIs as their targets. `/ping` and `/sping`, which AWS keeps for health checks of its own"
              + " behind custom domain names, are paths like any other: those checks have nothing to find here.",
          AwsApi.API_GATEWAY_MANAGEMENT,
          "Answered as calls of a stage, by whatever address that has: see [websocket.md](websocket.md).",
          AwsApi.LAMBDA,
          "Functions run on Node.js, Python, Java and runtimes of their own; those of Ruby and .NET are"
              + " refused, as are images and file systems. Extensions in layers are not run. `VpcConfig`,"
              + " `KMSKeyArn`, `SourceKMSKeyArn`, `TracingConfig` and `SnapStart` are kept and change nothing."
              + " Calls with `PublishTo`, `TenantId` or `DurableExecutionName` answer 501."
              + " Signatures of callers are verified by function URLs that ask for one (AWS_IAM), not"
              + " by the API itself.",
          AwsApi.IAM,
          "Roles, users and policies are kept and shown, and allow or deny calls of methods and function URLs"
              + " that ask for a signature (AWS_IAM), and of functions that integrations invoke as a role. There are no groups,"
              + " passwords, MFA devices and identity providers.",
          AwsApi.STS,
          "Who calls is told, and a role can be assumed; there are no identity providers.",
          AwsApi.LOGS,
          "Nothing hands events on: there are no subscription and no metric filters, no queries of Logs"
              + " Insights and no Live Tail (`aws logs tail --follow` and `portico logs --follow` ask again and"
              + " again instead). `kmsKeyId` is kept and encrypts nothing; log groups of the class DELIVERY are"
              + " refused.",
          AwsApi.ACM,
          "Certificates are issued at once, by an authority of Portico's own (`portico ca`): no name is"
              + " validated, and none is renewed. There is no private CA"
              + " (`CertificateAuthorityArn`) and no ACME.",
          AwsApi.CLOUDWATCH,
          "Metric math has `+ - * / ^`, comparisons, `AND`, `OR` and the functions `ABS`, `AVG`, `CEIL`, `FILL`, `FLOOR`, `IF`,"
              + " `MAX`, `METRICS`, `MIN` and `SUM`; other functions, `SEARCH` and Metrics Insights are refused, as are the statistics of"
              + " trimmed and winsorized values. `Entity` of PutMetricData is not kept. There are no dashboards,"
              + " composite and log alarms, anomaly detection, mute rules and metric streams. Alarms are looked at once a minute, those of"
              + " shorter periods, too; actions reach topics of SNS and webhooks alone.");

  @Test
  void listsExactlyWhatIsNotBuilt() throws IOException {
    String list;
    try (Gateway gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(null, Map.of(), Map.of("ephemeral", "true", "port", "0"))
                .config())) {
      list = list(gateway.built());
    }
    if ("write".equals(System.getProperty("portico.docs"))) {
      Files.writeString(FILE, list);
    }

    assertThat(Files.readString(FILE))
        .as("docs/not-implemented.md; to write it: -Dtest=NotImplementedTest -Dportico.docs=write")
        .isEqualTo(list);
  }

  private static String list(Map<AwsApi, Operations> all) {
    StringBuilder text =
        new StringBuilder(
            """
            # Not implemented

            Operations of AWS's models that Portico does not have yet, and what those that it has do not do. Each
            operation answers 501 with `NotImplementedException` and its name.

            This page is written from the code: `mvn -pl server test -Dtest=NotImplementedTest
            -Dportico.docs=write`.
            """);
    for (AwsApi api : AwsApi.values()) {
      ServiceModel model = ServiceModel.of(api);
      List<String> missing = missing(model, all);
      // What is built may still do less than on AWS.
      if (!missing.isEmpty() || REASONS.containsKey(api)) {
        text.append("\n## ")
            .append(api.table())
            .append(" ")
            .append(model.apiVersion())
            .append(": ")
            .append(missing.size())
            .append(" of ")
            .append(model.operationNames().size())
            .append("\n\n")
            .append(REASONS.get(api))
            .append(missing.isEmpty() ? "\n" : "\n\n");
        if (IN_PART.contains(api) && !missing.isEmpty()) {
          appendLines(text, missing);
        } else {
          missing.forEach(operation -> text.append("- ").append(operation).append('\n'));
        }
      }
    }
    return text.toString();
  }

  private static void appendLines(StringBuilder text, List<String> operations) {
    int start = text.length();
    for (String operation : operations) {
      if (text.length() > start && text.length() - start + operation.length() > WIDTH) {
        text.append(",\n");
        start = text.length();
      } else if (text.length() > start) {
        text.append(", ");
      }
      text.append(operation);
    }
    text.append('\n');
  }

  private static List<String> missing(ServiceModel model, Map<AwsApi, Operations> all) {
    if (model.api() == AwsApi.API_GATEWAY_MANAGEMENT) {
      // The data plane's: ConnectionOperationsTest knows that none is missing.
      return List.of();
    }
    Operations built = all.getOrDefault(model.api(), Operations.builder().build());
    return model.operationNames().stream()
        .filter(operation -> built.find(operation) == null)
        .sorted()
        .toList();
  }
}
