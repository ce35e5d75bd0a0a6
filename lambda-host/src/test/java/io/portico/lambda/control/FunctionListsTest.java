package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** ListFunctions with all versions, and lists of what there is none of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionListsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final List<String> ALL =
      List.of(
          ARN + "one:$LATEST",
          ARN + "three:$LATEST",
          ARN + "three:1",
          ARN + "three:2",
          ARN + "two:$LATEST",
          ARN + "two:1");

  private final RunningHost host = RunningHost.start(1);

  @BeforeAll
  void publish() {
    create("one");
    create("two");
    create("three");
    host.functions("POST", "/two/versions", Json.object());
    host.functions("POST", "/three/versions", Json.object());
    host.functions("PUT", "/three/configuration", Json.object().put("Timeout", 9));
    host.awaitReady("three");
    host.functions("POST", "/three/versions", Json.object());
  }

  private void create(String name) {
    host.create(
        creation(
            name,
            "nodejs20.x",
            "index.handler",
            Zips.of("index.js", "exports.handler = async () => 1;")));
  }

  @AfterAll
  void end() {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 50})
  void allVersionsComePageByPage(int items) {
    List<String> arns = new ArrayList<>();
    String marker = "";
    do {
      JsonNode page =
          host.functions("GET", "?FunctionVersion=ALL&MaxItems=" + items + marker).json();
      assertThat(page.path("Functions").size()).isBetween(1, items);
      page.path("Functions").forEach(each -> arns.add(each.path("FunctionArn").asString()));
      marker = page.has("NextMarker") ? "&Marker=" + page.path("NextMarker").asString() : "";
    } while (!marker.isEmpty() && arns.size() <= ALL.size());

    assertThat(arns).isEqualTo(ALL);
  }

  @Test
  void aPageGoesOnBehindAFunctionThatIsGoneByThen() {
    create("over");
    JsonNode first = host.functions("GET", "?FunctionVersion=ALL&MaxItems=2").json();
    assertThat(first.at("/Functions/1/FunctionName").asString()).isEqualTo("over");

    host.functions("DELETE", "/over");

    JsonNode next =
        host.functions(
                "GET",
                "?FunctionVersion=ALL&MaxItems=1&Marker=" + first.path("NextMarker").asString())
            .json();
    assertThat(next.at("/Functions/0/FunctionArn").asString()).isEqualTo(ARN + "three:$LATEST");
  }

  @Test
  void noFunctionIsAReplicaOfAnotherRegion() {
    assertThat(host.functions("GET", "?FunctionVersion=ALL&MasterRegion=us-east-1").text())
        .isEqualTo("{\"Functions\":[]}");
    assertThat(
            host.functions("GET", "?FunctionVersion=ALL&MasterRegion=ALL")
                .json()
                .path("Functions")
                .size())
        .isEqualTo(ALL.size());
  }

  @Test
  void aMarkerThatIsNoneIsRefused() {
    Reply reply = host.functions("GET", "?Marker=%25%25");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asString()).isEqualTo("Invalid Marker");
  }

  @Test
  void whatCannotBeMadeIsNotThere() {
    String signing =
        "/2020-04-22/code-signing-configs/arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-0123456789abcdef0";
    String mapping = "/2015-03-31/event-source-mappings/00000000-0000-0000-0000-000000000000";

    assertThat(get("/2015-03-31/event-source-mappings?FunctionName=one").text())
        .isEqualTo("{\"EventSourceMappings\":[]}");
    assertThat(get("/2020-04-22/code-signing-configs").text())
        .isEqualTo("{\"CodeSigningConfigs\":[]}");
    assertThat(get(mapping).status()).isEqualTo(404);
    assertThat(get(mapping).json().path("Message").asString())
        .isEqualTo("The resource you requested does not exist.");
    assertThat(get(signing).status()).isEqualTo(404);
    assertThat(get(signing + "/functions").status()).isEqualTo(404);
    assertThat(
            host.call("POST", "/2015-03-31/event-source-mappings", Json.bytes(Json.object()))
                .status())
        .isEqualTo(501);
  }

  private Reply get(String path) {
    return host.call("GET", path, new byte[0]);
  }
}
