package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import io.portico.lambda.Zips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a function in Node.js can be written, found, and go wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodeHandlersTest {
  private static final String CODE =
      """
      const fs = require('fs');

      exports.text = 'no function';
      exports.a = { b: { handler: async () => 'nested' } };
      exports.plain = () => 'returned';
      exports.promise = () => Promise.resolve('promised');
      exports.string = async () => { throw 'a text'; };
      exports.now = (event, context, callback) => {
        if (event.dontWait) context.callbackWaitsForEmptyEventLoop = false;
        setTimeout(() => fs.writeFileSync(event.path, 'fired'), event.dontWait ? 60000 : 500);
        callback(null, 'called back');
      };
      exports.later = (event, context, callback) => {
        setTimeout(() => callback(null, 'called back later'), 20);
      };
      exports.twice = (event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = false;
        callback(null, 'first');
        callback(null, 'second');
      };
      exports.fails = (event, context, callback) => callback(new RangeError('called back'));
      exports.succeed = (event, context) => context.succeed('succeeded');
      exports.fail = (event, context) => context.fail(new RangeError('failed'));
      exports.done = (event, context) => context.done(null, 'done');
      exports.rejects = async () => {
        Promise.reject(new RangeError('left behind'));
        await new Promise(resolve => setTimeout(resolve, 60000));
      };
      exports.throwsLater = async () => {
        setTimeout(() => { throw new RangeError('later'); }, 10);
        await new Promise(resolve => setTimeout(resolve, 60000));
      };
      exports.starves = () => new Promise(() => {});
      exports.forgets = (event, context, callback) => {};
      exports.empty = async event => event;
      """;

  private static final Map<String, String> FILES =
      Map.of(
          "index.js", CODE,
          "src/deep/main.js", "exports.handler = async () => 'deep';",
          "module.mjs",
              "const text = await Promise.resolve('of a module');"
                  + " export const handler = async () => text;",
          "typed/package.json", "{\"type\": \"module\"}",
          "typed/main.js", "export const handler = async () => 'typed';",
          "common.cjs", "exports.handler = async () => 'common';",
          "lost.js", "require('nowhere'); exports.handler = async () => 1;",
          "wrong.js", "exports.handler = async () => {",
          "thrower.js", "throw new RangeError('at once');");

  @TempDir private Path folder;
  private final RunningHost host = RunningHost.start(Setup.of(1).with(withNode24()));
  private int functions;

  /** What the runtime does in another way from then on depends on its name, not on its program. */
  private static Map<String, Path> withNode24() {
    return Pattern.compile(":")
        .splitAsStream(String.valueOf(System.getenv("PATH")))
        .map(place -> Path.of(place, "node"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(node -> Map.of("nodejs24.x", node))
        .orElse(Map.of());
  }

  @AfterAll
  void end() {
    host.close();
  }

  private Reply invoke(String runtime, String handler, String event) {
    String name = "function" + functions++;
    host.create(creation(name, runtime, handler, Zips.of(FILES)).put("Timeout", 10));
    return host.invoke(name, event);
  }

  private Reply invoke(String handler) {
    return invoke("nodejs20.x", handler, "{}");
  }

  private static void assertError(Reply reply, String type, String message) {
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo(type);
    assertThat(reply.json().path("errorMessage").asString()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "index.a.b.handler, nested",
    "src/deep/main.handler, deep",
    "module.handler, of a module",
    "typed/main.handler, typed",
    "common.handler, common",
    "index.promise, promised",
    "index.later, called back later",
    "index.twice, first",
    "index.succeed, succeeded",
    "index.done, done"
  })
  void aHandlerIsFoundAndAnswers(String handler, String answer) {
    assertThat(invoke(handler).text()).isEqualTo("\"" + answer + "\"");
  }

  @Test
  void whatAPlainFunctionReturnsCountsFromNode24On() {
    assertThat(invoke("nodejs20.x", "index.plain", "{}").text()).isEqualTo("null");
    assertThat(invoke("nodejs24.x", "index.plain", "{}").text()).isEqualTo("\"returned\"");
  }

  @Test
  void aCallbackThatIsNeverCalledIsNothing() {
    assertThat(invoke("index.forgets").text()).isEqualTo("null");
  }

  @Test
  void anEventThatIsLeftOutIsEmpty() {
    assertThat(invoke("nodejs20.x", "index.empty", "").text()).isEqualTo("{}");
  }

  @Test
  void anAnswerByCallbackWaitsForWhatIsUnderWayUnlessItIsToldNotTo() {
    Path waited = folder.resolve("waited");
    Path left = folder.resolve("left");

    Reply waits =
        invoke("nodejs20.x", "index.now", Json.text(Json.object().put("path", waited.toString())));
    assertThat(waits.text()).isEqualTo("\"called back\"");
    assertThat(waited).exists();

    Reply goes =
        invoke(
            "nodejs20.x",
            "index.now",
            Json.text(Json.object().put("path", left.toString()).put("dontWait", true)));
    assertThat(goes.text()).isEqualTo("\"called back\"");
    assertThat(left).doesNotExist();
  }

  @Test
  void anErrorIsToldInWhicheverWayItComes() {
    assertError(invoke("index.fails"), "RangeError", "called back");
    assertError(invoke("index.fail"), "RangeError", "failed");
    assertError(invoke("index.throwsLater"), "RangeError", "later");
    assertError(invoke("index.string"), "string", "a text");
    assertError(invoke("thrower.handler"), "RangeError", "at once");
  }

  /** INV-04. */
  @Test
  void anErrorHasItsMembersInThisOrder() {
    assertThat(invoke("index.fail").json().propertyStream().map(Map.Entry::getKey))
        .containsExactly("errorType", "errorMessage", "trace");
  }

  @Test
  void aRejectionThatNobodyHandlesEndsTheInvocation() {
    assertError(
        invoke("index.rejects"), "Runtime.UnhandledPromiseRejection", "RangeError: left behind");
  }

  @Test
  void aPromiseThatCanNeverSettleEndsTheInvocation() {
    Reply reply = invoke("index.starves");

    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.NodeJsExit");
    assertThat(reply.json().path("errorMessage").asString())
        .startsWith("The Lambda runtime client detected an unexpected Node.js exit code.");
  }

  @Test
  void callbacksAreRefusedFromNode24On() {
    Reply reply = invoke("nodejs24.x", "index.later", "{}");

    assertThat(reply.json().path("errorType").asString())
        .isEqualTo("Runtime.CallbackHandlerDeprecated");
    assertThat(reply.json().path("errorMessage").asString())
        .startsWith("ERROR: AWS Lambda has removed support for callback-based function handlers");
  }

  @Test
  void aHandlerThatIsNotThereIsSaid() {
    assertError(
        invoke("index.nothing"),
        "Runtime.HandlerNotFound",
        "index.nothing is undefined or not exported");
    assertError(
        invoke("index.a.c.handler"),
        "Runtime.HandlerNotFound",
        "index.a.c.handler is undefined or not exported");
    assertError(invoke("index.text"), "Runtime.HandlerNotFound", "index.text is not a function");
    assertError(invoke("index"), "Runtime.MalformedHandlerName", "Bad handler");
    assertError(
        invoke("../index.handler"),
        "Runtime.MalformedHandlerName",
        "'../index.handler' is not a valid handler name. Use absolute paths when specifying root"
            + " directories in handler names.");
  }

  @Test
  void codeThatCannotBeLoadedIsSaid() {
    Reply lost = invoke("lost.handler");
    assertThat(lost.json().path("errorType").asString()).isEqualTo("Runtime.ImportModuleError");
    assertThat(lost.json().path("errorMessage").asString())
        .startsWith("Error: Cannot find module 'nowhere'\nRequire stack:\n- ")
        .contains("lost.js");

    Reply wrong = invoke("wrong.handler");
    assertThat(wrong.json().path("errorType").asString()).isEqualTo("Runtime.UserCodeSyntaxError");
    assertThat(wrong.json().path("errorMessage").asString())
        .isEqualTo("SyntaxError: Unexpected end of input");
    assertThat(wrong.json().path("trace").path(1).asString()).contains("wrong.js:1");
  }
}
