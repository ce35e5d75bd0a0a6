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
import java.util.Objects;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An API of AWS over a store, called as clients call it with inputs that are mostly right. */
public final class ServedApi {
  public static final String ACCOUNT = "111122223333";

  private static final int TRIES = 400;

  final ServiceModel model;
  final Operations operations;
  private final TestStore store;
  private final AwsApiHandler handler;
  private final Runnable beside;
  private final Map<String, String> hints;
  private final Map<String, ObjectNode> given = new HashMap<>();
  private final Random random = new Random(GeneratedRequest.SEED);
  private Object begun;
  private boolean carriedOut;
  private IntSupplier published = () -> 0;
  private int publishedBefore;

  /**
   * @param hints what members say, by their names, those of one operation behind its own
   */
  public ServedApi(AwsApi api, Operations operations, TestStore store, Map<String, String> hints) {
    this(api, operations, store, hints, () -> {});
  }

  /**
   * @param beside restores what calls change that is not in the store
   */
  public ServedApi(
      AwsApi api,
      Operations operations,
      TestStore store,
      Map<String, String> hints,
      Runnable beside) {
    this.beside = beside;
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

  public List<String> operationNames() {
    return operations.names().stream().sorted().toList();
  }

  WireAnswer answer(HttpRequest request) throws IOException {
    WireAnswer answer = WireAnswer.of(handler.handle(request));
    carriedOut |= !answer.refused();
    return answer;
  }

  /**
   * From now on, what is published is a change as well.
   *
   * @param published how often something was
   */
  public void watch(IntSupplier published) {
    this.published = published;
    this.publishedBefore = published.getAsInt();
  }

  boolean isChanged() {
    return !store.isAt(begun) || published.getAsInt() != publishedBefore;
  }

  void restore() {
    store.restore(begun);
    publishedBefore = published.getAsInt();
    if (carriedOut) {
      beside.run();
      carriedOut = false;
    }
  }

  /** Makes what other calls need, without the hints that are one operation's alone. */
  public String begin(String operation) throws IOException {
    return begin(operation, Map.of());
  }

  /**
   * The same, where some members say something else this time.
   *
   * @return what it answers
   */
  public String begin(String operation, Map<String, String> otherwise) throws IOException {
    WireAnswer last = null;
    for (int i = 0; i < TRIES; i++) {
      last =
          answer(
              generated(
                      operation,
                      member -> {
                        String other = otherwise.get(member);
                        return other == null ? hints.get(member) : other;
                      })
                  .request());
      if (!last.refused()) {
        begun = store.state();
        return last.text();
      }
    }
    throw new AssertionError(operation + " never succeeds: " + last);
  }

  /** Makes what other calls need by an operation's honest call. */
  public void beginHonest(String operation) throws IOException {
    String _ = begin(operation, Objects.requireNonNull(given.get(operation), operation));
  }

  /**
   * Makes what other calls need by one that says no more than this.
   *
   * @return what it answers
   */
  public String begin(String operation, ObjectNode input) throws IOException {
    WireAnswer answer = answer(request(operation, input));
    if (answer.refused()) {
      throw new AssertionError(operation + " is refused: " + answer);
    }
    begun = store.state();
    return answer.text();
  }

  /** The request in which a client says no more than this. */
  HttpRequest request(String operation, ObjectNode input) {
    GeneratedRequest request = generated(operation, member -> null);
    request.input.removeAll().setAll(input);
    return request.request();
  }

  /** From now on, a member says this. */
  public void hint(String member, String text) {
    hints.put(member, text);
  }

  /** An operation's honest call is this one: chance hardly ever finds any. */
  public void honest(String operation, ObjectNode input) {
    given.put(operation, input);
  }

  /**
   * An input that is meant to succeed, and what came of it.
   *
   * @param refusal the answer's text, or null where it succeeded
   */
  record Honest(ObjectNode input, @Nullable String refusal) {}

  /** An input that succeeds, or the last of many that do not. */
  Honest honest(String operation) throws IOException {
    for (int i = 1; ; i++) {
      GeneratedRequest generated = generated(operation, member -> hintOf(operation, member));
      ObjectNode input = given.get(operation);
      if (input != null) {
        generated.input.removeAll().setAll(input);
      }
      WireAnswer answer = answer(generated.request());
      restore();
      if (!answer.refused()) {
        return new Honest(generated.input, null);
      }
      if (i == TRIES) {
        return new Honest(generated.input, answer.text());
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
