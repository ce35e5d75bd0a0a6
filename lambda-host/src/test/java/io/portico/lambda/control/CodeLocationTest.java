package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static io.portico.lambda.RunningHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Where GetFunction and GetLayerVersion say that code is, and what is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CodeLocationTest {
  private static final byte[] CODE = Zips.of("index.js", "exports.handler = async () => 1;");

  private final RunningHost host = RunningHost.start(1);

  @TempDir Path folder;

  @AfterAll
  void end() {
    host.close();
  }

  /** The path and query of a function's code. */
  private String codeOf(String function) {
    return target(host.functions("GET", "/" + function).json().at("/Code/Location").asString());
  }

  private String target(String location) {
    assertThat(location).startsWith(host.url() + "/");
    return location.substring(host.url().length());
  }

  private Reply get(String target) {
    return host.call("GET", target, new byte[0]);
  }

  @Test
  void aFunctionsZipIsDownloadedAsItWasSent() {
    host.create(creation("downloaded", "nodejs20.x", "index.handler", CODE));

    Reply code = get(codeOf("downloaded"));

    assertThat(code.status()).isEqualTo(200);
    assertThat(code.header("Content-Type")).isEqualTo("application/zip");
    assertThat(code.header("Transfer-Encoding"))
        .as("it is read as it is sent")
        .isEqualTo("chunked");
    assertThat(code.body()).isEqualTo(CODE);
  }

  @Test
  void aLayersZipIsDownloadedAsItWasSent() {
    byte[] zip = Zips.of("nodejs/node_modules/a/index.js", "exports.a = 1;");
    String published =
        host.layers("POST", "/downloaded/versions", layer(zip))
            .json()
            .at("/Content/Location")
            .asString();
    String got =
        host.layers("GET", "/downloaded/versions/1").json().at("/Content/Location").asString();

    assertThat(get(target(published)).body()).isEqualTo(zip);
    assertThat(get(target(got)).body()).isEqualTo(zip);
  }

  @Test
  void whoHasNoLinkGetsNothing() {
    host.create(creation("guarded", "nodejs20.x", "index.handler", CODE));
    String target = codeOf("guarded");
    String unsigned = target.substring(0, target.indexOf("&Signature="));

    for (String forged :
        new String[] {
          unsigned,
          target.substring(0, target.indexOf('?')),
          unsigned + "&Signature=" + "A".repeat(43),
          target.replaceFirst("Expires=\\d+", "Expires=99999999999"),
          target.replaceFirst("/code/[0-9a-f]", "/code/x"),
          target.replaceFirst("/code/", "/code/../code/")
        }) {
      Reply refused = get(forged);
      assertThat(refused.status()).as(forged).isEqualTo(403);
      assertThat(refused.text()).contains("<Code>AccessDenied</Code>");
    }
    assertThat(host.call("DELETE", target, new byte[0]).status()).isEqualTo(405);
    assertThat(get(target).status()).isEqualTo(200);
  }

  @Test
  void aFolderOfThisMachineStaysWhereItIs() {
    ObjectNode creation = creation("folder", "nodejs20.x", "index.handler", CODE);
    creation.set("Code", Json.object().put("S3Bucket", "_portico").put("S3Key", folder.toString()));
    host.create(creation);

    assertThat(host.functions("GET", "/folder").json().at("/Code/Location").asString())
        .isEqualTo(folder.toUri().toString());
  }
}
