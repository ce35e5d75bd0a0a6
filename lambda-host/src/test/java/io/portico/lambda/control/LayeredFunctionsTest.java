package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static io.portico.lambda.RunningHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions with layers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LayeredFunctionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:layer:";

  /** Answers with what a package of a layer exports. */
  private static final byte[] NODE =
      Zips.of("index.js", "exports.handler = async () => require('dep').name;");

  private static final byte[] ONE = Zips.of("index.js", "exports.handler = async () => 1;");

  private final RunningHost host = RunningHost.start(2);

  @TempDir Path folder;

  @AfterAll
  void end() {
    host.close();
  }

  private static byte[] dep(String name) {
    return Zips.of("nodejs/node_modules/dep/index.js", "exports.name = '" + name + "';");
  }

  private static ObjectNode layered(ObjectNode creation, String... arns) {
    ArrayNode layers = creation.putArray("Layers");
    List.of(arns).forEach(layers::add);
    return creation;
  }

  private static ObjectNode node(String name, String... arns) {
    return layered(creation(name, "nodejs20.x", "index.handler", NODE), arns);
  }

  private static String message(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    return reply.json().path("message").asString();
  }

  @Test
  void aNodeFunctionHasThePackagesOfItsLayer() {
    byte[] zip = dep("layered");
    String arn = host.publish("node-dep", layer(zip));

    host.create(node("uses-node", arn));

    assertThat(host.invoke("uses-node", "{}").text()).isEqualTo("\"layered\"");
    assertThat(host.functions("GET", "/uses-node/configuration").json().path("Layers").toString())
        .isEqualTo("[{\"Arn\":\"" + arn + "\",\"CodeSize\":" + zip.length + "}]");
  }

  @Test
  void packagesOfTheRuntimesVersionComeFirst() {
    String arn =
        host.publish(
            "node-versions",
            layer(
                Zips.of(
                    Map.of(
                        "nodejs/node20/node_modules/dep/index.js",
                        "exports.name = 'of 20';",
                        "nodejs/node_modules/dep/index.js",
                        "exports.name = 'of any';"))));

    host.create(node("uses-version", arn));

    assertThat(host.invoke("uses-version", "{}").text()).isEqualTo("\"of 20\"");
  }

  @Test
  void linksOfALayerStayLinksWhereAnotherLiesOverIt() {
    String linked =
        host.publish(
            "linked",
            layer(
                Zips.ofEntries(
                    Zips.Entry.file("packages/dep/index.js", "exports.name = 'linked';"),
                    Zips.Entry.link("nodejs/node_modules/dep", "../../packages/dep"))));
    String over = host.publish("over-linked", layer(Zips.of("packages/other.js", "")));

    host.create(node("uses-link", linked));
    host.create(node("uses-both", linked, over));

    assertThat(host.invoke("uses-link", "{}").text()).isEqualTo("\"linked\"");
    assertThat(host.invoke("uses-both", "{}").text()).isEqualTo("\"linked\"");
  }

  @Test
  void aLaterLayersFilesReplaceThoseBefore() {
    String one =
        host.publish(
            "over-one",
            layer(
                Zips.of(
                    Map.of(
                        "nodejs/node_modules/dep/index.js",
                        "exports.name = 'one and ' + require('./other.js');",
                        "nodejs/node_modules/dep/other.js",
                        "module.exports = 'other of one';"))));
    String two =
        host.publish(
            "over-two",
            layer(Zips.of("nodejs/node_modules/dep/other.js", "module.exports = 'other of two';")));

    host.create(node("merged", one, two));
    host.create(node("merged-the-other-way", two, one));

    assertThat(host.invoke("merged", "{}").text()).isEqualTo("\"one and other of two\"");
    assertThat(host.invoke("merged-the-other-way", "{}").text())
        .isEqualTo("\"one and other of one\"");
  }

  @Test
  void aPythonFunctionImportsFromItsLayersAndItselfFirst() {
    String arn =
        host.publish(
            "python-dep",
            layer(
                Zips.of(
                    Map.of(
                        "python/layered.py", "name = 'layered'",
                        "python/both.py", "name = 'the layer'"))));
    host.create(
        layered(
            creation(
                "uses-python",
                "python3.12",
                "index.handler",
                Zips.of(
                    Map.of(
                        "index.py",
                        "import both, layered\n\ndef handler(event, context):\n    return [layered.name, both.name]\n",
                        "both.py",
                        "name = 'the function'"))),
            arn));

    assertThat(host.invoke("uses-python", "{}").text())
        .isEqualTo("[\"layered\", \"the function\"]");
  }

  @Test
  void aRuntimeComesFromALayerWithItsPrograms() {
    String bootstrap =
        host.publish(
            "own-runtime",
            layer(
                Zips.ofProgram(
                    "bootstrap",
                    """
                    #!/bin/sh
                    api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
                    while true; do
                      curl -sS -D "$TMPDIR/head" "$api/next" >/dev/null
                      id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^ \\r]*\\).*/\\1/p' "$TMPDIR/head" | tr -d '\\r')
                      curl -sS -d "\\"$(layered-program) $(cat "$PORTICO_OPT/words.txt")\\"" "$api/$id/response" >/dev/null
                    done
                    """)));
    String program =
        host.publish(
            "own-program",
            layer(Zips.ofProgram("bin/layered-program", "#!/bin/sh\nprintf said\n")));
    String words = host.publish("own-words", layer(Zips.of("words.txt", "so")));

    host.create(
        layered(
            creation("uses-all", "provided.al2023", "any", Zips.of("readme.txt", "nothing")),
            bootstrap,
            program,
            words));

    assertThat(host.invoke("uses-all", "{}").text()).isEqualTo("\"said so\"");
  }

  @Test
  void aLayersProgramStartsTheRuntimeWhereAVariableSaysSo() {
    String arn =
        host.publish(
            "wrapper",
            layer(Zips.ofProgram("wrap", "#!/bin/sh\nexport WRAPPED=yes\nexec \"$@\"\n")));
    ObjectNode creation =
        creation(
            "wrapped",
            "nodejs20.x",
            "index.handler",
            Zips.of("index.js", "exports.handler = async () => process.env.WRAPPED;"));
    creation
        .putObject("Environment")
        .putObject("Variables")
        .put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap");

    host.create(layered(creation, arn));

    assertThat(host.invoke("wrapped", "{}").text()).isEqualTo("\"yes\"");
  }

  @Test
  void aDeletedVersionGoesOnWorkingWhereItIs() {
    String arn = host.publish("deleted", layer(dep("still there")));
    host.create(node("keeps", arn));

    assertThat(host.layers("DELETE", "/deleted/versions/1").status()).isEqualTo(204);
    host.functions("PUT", "/keeps/configuration", Json.object().put("Timeout", 9));
    host.awaitReady("keeps");

    assertThat(host.invoke("keeps", "{}").text()).isEqualTo("\"still there\"");
    assertThat(message(host.functions("POST", "", node("too-late", arn))))
        .isEqualTo("Layer version " + arn + " does not exist.");
  }

  @Test
  void anUpdateReplacesTheLayersOrLeavesThem() {
    String one = host.publish("changed", layer(dep("one")));
    String two = host.publish("changed", layer(dep("two")));
    host.create(node("changes", one));
    assertThat(host.invoke("changes", "{}").text()).isEqualTo("\"one\"");

    host.functions("PUT", "/changes/configuration", layered(Json.object(), two));
    host.awaitReady("changes");
    assertThat(host.invoke("changes", "{}").text()).isEqualTo("\"two\"");

    host.functions("PUT", "/changes/configuration", Json.object().put("Timeout", 9));
    host.awaitReady("changes");
    assertThat(host.invoke("changes", "{}").text()).isEqualTo("\"two\"");

    host.functions("PUT", "/changes/configuration", layered(Json.object()));
    assertThat(host.awaitReady("changes").has("Layers")).isFalse();
    assertThat(host.invoke("changes", "{}").header("X-Amz-Function-Error")).isEqualTo("Unhandled");
  }

  @Test
  void otherLayersMakeAnotherVersion() {
    String one = host.publish("versioned", layer(dep("one")));
    String two = host.publish("versioned", layer(dep("two")));
    host.create(node("numbered", one));

    assertThat(version("numbered")).isEqualTo("1");
    assertThat(version("numbered")).isEqualTo("1");
    host.functions("PUT", "/numbered/configuration", layered(Json.object(), two));
    host.awaitReady("numbered");
    assertThat(version("numbered")).isEqualTo("2");

    assertThat(host.invoke("numbered", "{}").text()).isEqualTo("\"two\"");
    assertThat(host.functions("POST", "/numbered/invocations?Qualifier=1", Json.object()).text())
        .isEqualTo("\"one\"");
  }

  private String version(String function) {
    return host.functions("POST", "/" + function + "/versions", Json.object())
        .json()
        .path("Version")
        .asString();
  }

  @Test
  void aFolderOfThisMachineIsALayerAsItIs() throws IOException {
    Path dep = Files.createDirectories(folder.resolve("live/nodejs/node_modules/dep"));
    Files.writeString(
        dep.resolve("index.js"),
        "exports.name = require(process.env.PORTICO_OPT + '/nodejs/own/name.js');");
    Path own = Files.createDirectories(folder.resolve("live/nodejs/own"));
    Files.writeString(own.resolve("name.js"), "module.exports = 'before';");
    ObjectNode publication = Json.object();
    publication
        .putObject("Content")
        .put("S3Bucket", "_portico")
        .put("S3Key", folder.resolve("live").toString());
    String alone = host.publish("live", publication);
    String beside = host.publish("live-beside", layer(Zips.of("readme.txt", "beside it")));
    host.create(node("runs-live", alone));
    host.create(node("runs-live-merged", beside, alone));
    assertThat(host.invoke("runs-live", "{}").text()).isEqualTo("\"before\"");
    assertThat(host.invoke("runs-live-merged", "{}").text()).isEqualTo("\"before\"");

    Files.writeString(folder.resolve("next.js"), "module.exports = 'after';");
    Files.move(
        folder.resolve("next.js"), own.resolve("name.js"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(eventually("runs-live", "\"after\"")).isEqualTo("\"after\"");
    assertThat(eventually("runs-live-merged", "\"after\"")).isEqualTo("\"after\"");
  }

  private String eventually(String function, String wanted) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String answer = host.invoke(function, "{}").text();
    while (!answer.equals(wanted) && System.nanoTime() < deadline) {
      answer = host.invoke(function, "{}").text();
    }
    return answer;
  }

  @Test
  void layersThatCannotBeAreRefused() {
    String arn = host.publish("refused", layer(dep("any")));
    host.publish("refused", layer(dep("other")));

    assertThat(message(host.functions("POST", "", node("none", ARN + "unknown:1"))))
        .isEqualTo("Layer version " + ARN + "unknown:1 does not exist.");
    assertThat(message(host.functions("POST", "", node("none", arn, ARN + "refused:2"))))
        .isEqualTo(
            "Two different versions of the same layer are not allowed to be referenced in the same"
                + " function. "
                + ARN
                + "refused:2 and "
                + arn
                + " are versions of the same layer.");
    assertThat(
            message(
                host.functions("POST", "", node("none", arn.replace("us-east-1", "eu-west-1")))))
        .isEqualTo(
            "Layers are not in the same region as the function. Layers are expected to be in region"
                + " us-east-1.");
    assertThat(message(host.functions("POST", "", node("none", "a:1"))))
        .contains("'layers' failed to satisfy constraint");
    Reply six =
        host.functions(
            "POST",
            "",
            node(
                "none",
                ARN + "a:1",
                ARN + "b:1",
                ARN + "c:1",
                ARN + "d:1",
                ARN + "e:1",
                ARN + "f:1"));
    assertThat(message(six)).isEqualTo("Cannot reference more than 5 layers.");
    Reply foreign =
        host.functions("POST", "", node("none", arn.replace("000000000000", "111122223333")));
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.json().path("Message").asString())
        .contains("is not authorized to perform: lambda:GetLayerVersion on resource: ");
    assertThat(host.functions("GET", "/none").status()).isEqualTo(404);
  }

  @Test
  void extensionsAreNotRunAndTheLogSaysSoOnce() {
    String arn =
        host.publish("extended", layer(Zips.ofProgram("extensions/any", "#!/bin/sh\nexit 1\n")));
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(Preparations.class);
    logger.addAppender(log);
    try {
      host.create(layered(creation("has-extensions", "nodejs20.x", "index.handler", ONE), arn));
      for (int timeout = 4; timeout < 6; timeout++) {
        host.functions(
            "PUT", "/has-extensions/configuration", Json.object().put("Timeout", timeout));
        host.awaitReady("has-extensions");
      }
    } finally {
      logger.detachAppender(log);
    }

    assertThat(host.invoke("has-extensions", "{}").text()).isEqualTo("1");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(message -> message.contains("has-extensions"))
        .containsExactly(
            "arn:aws:lambda:us-east-1:000000000000:function:has-extensions: its layers have"
                + " extensions, which are not run: there is no Extensions API here");
  }

  @Test
  void moreThanAFunctionMayHaveIsRefused() {
    int length = 90_000_000;
    String one = host.publish("large-one", layer(Zips.ofLength("one", length)));
    String two = host.publish("large-two", layer(Zips.ofLength("two", length)));
    String three = host.publish("large-three", layer(Zips.ofLength("three", length)));

    assertThat(message(host.functions("POST", "", node("large", one, two, three))))
        .isEqualTo("Layers consume more than the available size of 262144000 bytes");
    ObjectNode creation =
        layered(
            creation("large", "nodejs20.x", "index.handler", Zips.ofLength("code", length)),
            one,
            two);
    assertThat(message(host.functions("POST", "", creation)))
        .isEqualTo(
            "Function code combined with layers exceeds the maximum allowed size of 262144000"
                + " bytes. The actual size is 270000000 bytes.");
  }
}
