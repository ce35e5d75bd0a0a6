package io.portico.gateway.control;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.AwsApiHandler;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.GeneratedRequest;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.control.protocol.WireAnswer;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An API of AWS over a store, called as clients call it with inputs that are mostly right. */
final class ServedApi {
  static final String ACCOUNT = "111122223333";

  private static final int TRIES = 150;

  final ServiceModel model;
  final Operations operations;
  private final TestStore store;
  private final AwsApiHandler handler;
  private final Map<String, String> hints;
  private final Random random = new Random(GeneratedRequest.SEED);
  private Object begun;

  /**
   * @param hints what members say, by their names, those of one operation behind its own
   */
  ServedApi(AwsApi api, Operations operations, TestStore store, Map<String, String> hints) {
    this.model = ServiceModel.of(api);
    this.operations = operations;
    this.store = store;
    this.hints = new HashMap<>(hints);
    this.handler =
        new AwsApiHandler(
            model,
            operations,
            new CallerResolver(ACCOUNT, "us-east-1", new ControlHosts(List.of())));
    this.begun = store.state();
  }

  List<String> operationNames() {
    return operations.names().stream().sorted().toList();
  }

  WireAnswer answer(HttpRequest request) throws IOException {
    return WireAnswer.of(handler.handle(request));
  }

  boolean isChanged() {
    return !store.isAt(begun);
  }

  void restore() {
    store.restore(begun);
  }

  /**
   * Makes what other calls need, without the hints that are one operation's alone.
   *
   * @return what it answers
   */
  String begin(String operation) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      WireAnswer answer = answer(generated(operation, hints::get).request());
      if (!answer.refused()) {
        begun = store.state();
        return answer.text();
      }
    }
    throw new AssertionError(operation + " never succeeds");
  }

  /** From now on, a member says this. */
  void hint(String member, String text) {
    hints.put(member, text);
  }

  /** An input that succeeds, or the last of many that do not. */
  ObjectNode honest(String operation) throws IOException {
    for (int i = 1; ; i++) {
      GeneratedRequest generated = generated(operation, member -> hintOf(operation, member));
      boolean succeeded = !answer(generated.request()).refused();
      restore();
      if (succeeded || i == TRIES) {
        return generated.input;
      }
    }
  }

  private GeneratedRequest generated(String operation, Hints given) {
    return GeneratedRequest.of(model, operation, random, given::of);
  }

  private interface Hints {
    @Nullable String of(String member);
  }

  private @Nullable String hintOf(String operation, String member) {
    String ofOperation = hints.get(operation + "." + member);
    return ofOperation == null ? hints.get(member) : ofOperation;
  }
}
