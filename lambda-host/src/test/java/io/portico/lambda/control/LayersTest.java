package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** PublishLayerVersion to DeleteLayerVersion, and who may use layers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LayersTest {
  private static final byte[] CODE = Zips.of("nodejs/node_modules/dep/index.js", "exports.a = 1;");
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:layer:";
  private static final String MISSING = "The resource you requested does not exist.";

  /** Signed by an access key that is an account's number. */
  private static final String[] ANOTHER_ACCOUNT = {
    "Authorization",
    "AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/lambda/aws4_request,"
        + " SignedHeaders=host, Signature=00"
  };

  private final RunningHost host = RunningHost.start(1);

  @AfterAll
  void end() {
    host.close();
  }

  private Reply asAnother(String method, String path) {
    return host.call(method, "/2018-10-31/layers" + path, new byte[0], ANOTHER_ACCOUNT);
  }

  private static List<String> texts(JsonNode items, String pointer) {
    return items.valueStream().map(item -> item.at(pointer).asString()).toList();
  }

  @Test
  void aPublishedVersionIsShownWithWhatItWasMadeOf() {
    ObjectNode publication =
        layer(CODE).put("Description", "first").put("LicenseInfo", "Apache-2.0");
    publication.putArray("CompatibleRuntimes").add("nodejs20.x").add("nodejs22.x");
    publication.putArray("CompatibleArchitectures").add("x86_64");

    Reply published = host.layers("POST", "/shown/versions", publication);

    assertThat(published.status()).isEqualTo(201);
    JsonNode reply = published.json();
    assertThat(reply.path("LayerArn").asString()).isEqualTo(ARN + "shown");
    assertThat(reply.path("LayerVersionArn").asString()).isEqualTo(ARN + "shown:1");
    assertThat(reply.path("Version").intValue()).isEqualTo(1);
    assertThat(reply.path("Description").asString()).isEqualTo("first");
    assertThat(reply.path("LicenseInfo").asString()).isEqualTo("Apache-2.0");
    assertThat(reply.path("CreatedDate").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
    assertThat(reply.path("CompatibleRuntimes").toString())
        .isEqualTo("[\"nodejs20.x\",\"nodejs22.x\"]");
    assertThat(reply.at("/Content/CodeSize").intValue()).isEqualTo(CODE.length);
    JsonNode got = host.layers("GET", "/shown/versions/1").json();
    assertThat(got.at("/Content/CodeSha256")).isEqualTo(reply.at("/Content/CodeSha256"));
    assertThat(got.path("CreatedDate")).isEqualTo(reply.path("CreatedDate"));
    JsonNode byArn =
        host.layers("GET", "?find=LayerVersion&Arn=" + ARN.replace(":", "%3A") + "shown%3A1")
            .json();
    assertThat(byArn.path("LayerVersionArn").asString()).isEqualTo(ARN + "shown:1");
  }

  @Test
  void aNumberIsNotUsedAgain() {
    host.publish("counted", layer(CODE));
    host.publish("counted", layer(CODE));

    assertThat(host.layers("DELETE", "/counted/versions/2").status()).isEqualTo(204);
    assertThat(host.layers("DELETE", "/counted/versions/1").status()).isEqualTo(204);

    assertThat(host.layers("DELETE", "/counted/versions/1").status()).isEqualTo(204);
    assertThat(texts(host.layers("GET", "").json().path("Layers"), "/LayerName"))
        .doesNotContain("counted");
    assertThat(host.publish("counted", layer(CODE))).isEqualTo(ARN + "counted:3");
  }

  @Test
  void layersAreListedByWhatTheyAreFor() {
    ObjectNode old = layer(CODE);
    old.putArray("CompatibleRuntimes").add("python3.11");
    ObjectNode recent = layer(CODE);
    recent.putArray("CompatibleRuntimes").add("python3.12");
    recent.putArray("CompatibleArchitectures").add("arm64");
    host.publish("listed", old);
    host.publish("listed", recent);
    host.publish("listed-plain", layer(CODE));

    assertThat(
            texts(
                host.layers("GET", "?CompatibleRuntime=python3.11").json().path("Layers"),
                "/LatestMatchingVersion/LayerVersionArn"))
        .containsExactly(ARN + "listed:1");
    assertThat(
            texts(
                host.layers("GET", "?CompatibleArchitecture=arm64").json().path("Layers"),
                "/LatestMatchingVersion/LayerVersionArn"))
        .containsExactly(ARN + "listed:2");
    JsonNode versions = host.layers("GET", "/listed/versions").json();
    assertThat(texts(versions.path("LayerVersions"), "/LayerVersionArn"))
        .containsExactly(ARN + "listed:2", ARN + "listed:1");
    assertThat(
            texts(
                host.layers("GET", "/listed/versions?CompatibleRuntime=python3.11")
                    .json()
                    .path("LayerVersions"),
                "/LayerVersionArn"))
        .containsExactly(ARN + "listed:1");
    assertThat(host.layers("GET", "/no-such/versions").json().path("LayerVersions").size())
        .isZero();
  }

  @Test
  void listsComePageByPage() {
    for (String name : List.of("page-a", "page-b", "page-c")) {
      host.publish(name, layer(CODE));
    }
    host.publish("page-a", layer(CODE));

    JsonNode first = host.layers("GET", "/page-a/versions?MaxItems=1").json();
    JsonNode second =
        host.layers("GET", "/page-a/versions?Marker=" + first.path("NextMarker").asString()).json();
    assertThat(texts(first.path("LayerVersions"), "/LayerVersionArn"))
        .containsExactly(ARN + "page-a:2");
    assertThat(texts(second.path("LayerVersions"), "/LayerVersionArn"))
        .containsExactly(ARN + "page-a:1");
    assertThat(second.has("NextMarker")).isFalse();

    JsonNode layers = host.layers("GET", "?MaxItems=1").json();
    String name = layers.at("/Layers/0/LayerName").asString();
    JsonNode others = host.layers("GET", "?Marker=" + layers.path("NextMarker").asString()).json();
    assertThat(texts(others.path("Layers"), "/LayerName"))
        .contains("page-b", "page-c")
        .doesNotContain(name);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    host.publish("found", layer(CODE));

    for (String version : List.of("2", "0", "99999999999")) {
      Reply reply = host.layers("GET", "/found/versions/" + version);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.json().path("Message").asString()).isEqualTo(MISSING);
      assertThat(reply.json().path("Type").asString()).isEqualTo("User");
    }
    Reply byArn =
        host.layers("GET", "?find=LayerVersion&Arn=" + ARN.replace(":", "%3A") + "found%3A7");
    assertThat(byArn.status()).isEqualTo(404);
  }

  @Test
  void whatIsNoZipIsRefused() {
    Reply reply = host.layers("POST", "/torn/versions", layer(new byte[] {1, 2, 3}));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asString())
        .isEqualTo(
            "Could not unzip uploaded file. Please check your file, then try to upload again.");
    assertThat(host.layers("GET", "/torn/versions").json().path("LayerVersions").size()).isZero();
  }

  @Test
  void aPolicyLetsOtherAccountsUseAVersion() {
    host.publish("shared", layer(CODE));
    String path = "/" + ARN.replace(":", "%3A") + "shared/versions/1";
    Reply refused = asAnother("GET", path);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("Message").asString())
        .isEqualTo(
            "User: arn:aws:iam::111122223333:root is not authorized to perform:"
                + " lambda:GetLayerVersion on resource: "
                + ARN
                + "shared:1 because no resource-based policy allows the lambda:GetLayerVersion"
                + " action");
    assertThat(host.layers("GET", "/shared/versions/1/policy").json().path("Message").asString())
        .isEqualTo("No policy is associated with the given resource.");

    Reply added =
        host.layers(
            "POST",
            "/shared/versions/1/policy",
            Json.object()
                .put("StatementId", "other")
                .put("Action", "lambda:GetLayerVersion")
                .put("Principal", "111122223333"));

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().path("Statement").asString())
        .isEqualTo(
            "{\"Sid\":\"other\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"lambda:GetLayerVersion\",\"Resource\":\""
                + ARN
                + "shared:1\"}");
    JsonNode policy = host.layers("GET", "/shared/versions/1/policy").json();
    assertThat(policy.path("RevisionId")).isEqualTo(added.json().path("RevisionId"));
    assertThat(Json.parse(policy.path("Policy").asString()).at("/Statement/0/Sid").asString())
        .isEqualTo("other");
    assertThat(asAnother("GET", path).status()).isEqualTo(200);
    assertThat(asAnother("DELETE", path).status()).isEqualTo(403);

    assertThat(host.layers("DELETE", "/shared/versions/1/policy/other").status()).isEqualTo(204);
    assertThat(asAnother("GET", path).status()).isEqualTo(403);
  }

  @Test
  void anOrganisationsAccountsAreNotKnownSoItLetsNone() {
    host.publish("organised", layer(CODE));

    Reply added =
        host.layers(
            "POST",
            "/organised/versions/1/policy",
            Json.object()
                .put("StatementId", "all-of-them")
                .put("Action", "lambda:GetLayerVersion")
                .put("Principal", "*")
                .put("OrganizationId", "o-abcdefghij"));

    assertThat(added.json().path("Statement").asString())
        .contains("\"Principal\":\"*\"")
        .contains("{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-abcdefghij\"}}");
    assertThat(asAnother("GET", "/" + ARN.replace(":", "%3A") + "organised/versions/1").status())
        .isEqualTo(403);
  }

  @Test
  void aPolicyIsChangedByWhoKnowsItsRevision() {
    host.publish("revised", layer(CODE));
    ObjectNode statement =
        Json.object()
            .put("StatementId", "one")
            .put("Action", "lambda:GetLayerVersion")
            .put("Principal", "*");
    String revision =
        host.layers("POST", "/revised/versions/1/policy", statement)
            .json()
            .path("RevisionId")
            .asString();

    Reply twice = host.layers("POST", "/revised/versions/1/policy", statement);
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.json().path("message").asString())
        .startsWith("The statement id (one) provided already exists.");
    Reply wrong =
        host.layers("DELETE", "/revised/versions/1/policy/one?RevisionId=another-revision");
    assertThat(wrong.status()).isEqualTo(412);
    Reply unknown = host.layers("DELETE", "/revised/versions/1/policy/two");
    assertThat(unknown.json().path("Message").asString())
        .isEqualTo("Statement two is not found in resource policy.");
    assertThat(
            host.layers("DELETE", "/revised/versions/1/policy/one?RevisionId=" + revision).status())
        .isEqualTo(204);

    Reply missing = host.layers("POST", "/revised/versions/9/policy", statement);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().path("Message").asString())
        .isEqualTo("Layer version " + ARN + "revised:9 does not exist.");
  }
}
