package io.portico.gateway.control;

import io.portico.gateway.control.ServedApi.Honest;
import io.portico.gateway.control.protocol.Faults;
import io.portico.gateway.control.protocol.HostileWalk;
import io.portico.gateway.control.protocol.ReadBack;
import io.portico.gateway.control.protocol.WireAnswer;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every hostile value in every member of an API's operations: each is answered or refused in the
 * form of its protocol, a refusal changes nothing, and what is accepted can be read again.
 */
public final class WalkedApi {
  private final ServedApi api;
  private final Faults faults = new Faults();
  private final HostileWalk walk;
  private final ReadBack readBack;
  private final List<HttpRequest> further;

  private WalkedApi(ServedApi api, Set<String> slow, List<Call> further) {
    this.api = api;
    this.walk =
        new HostileWalk(
            api.model, slow, (what, operation, request) -> call(what, operation, request));
    this.readBack = new ReadBack(api.model);
    this.further =
        further.stream().map(call -> api.request(call.operation(), call.input())).toList();
  }

  /** A call that says no more than this. */
  public record Call(String operation, ObjectNode input) {}

  /**
   * Walks through operations and fails if anything is wrong.
   *
   * @param slow operations of which few calls are made
   * @param neverCarriedOut what an honest call cannot do, and why
   */
  public static void walk(
      ServedApi api, List<String> operations, Set<String> slow, Map<String, String> neverCarriedOut)
      throws IOException {
    WalkedApi walked = new WalkedApi(api, slow, List.of());
    for (String operation : operations) {
      Honest honest = api.honest(operation);
      if (honest.refusal() != null && !neverCarriedOut.containsKey(operation)) {
        walked.faults.add(operation, "an honest call is refused: " + honest.refusal());
      }
      if (honest.refusal() == null && neverCarriedOut.containsKey(operation)) {
        walked.faults.add(operation, "is carried out, although " + neverCarriedOut.get(operation));
      }
      walked.walk.walk(operation, honest.input());
    }
    walked.faults.assertNone();
  }

  /**
   * Walks through calls and fails if anything is wrong.
   *
   * @param honest calls that succeed
   * @param refused calls that do not
   * @param further calls that read, made after each change
   */
  public static void walk(ServedApi api, List<Call> honest, List<Call> refused, List<Call> further)
      throws IOException {
    WalkedApi walked = new WalkedApi(api, Set.of(), further);
    for (Call call : honest) {
      walked.walk(call, false);
    }
    for (Call call : refused) {
      walked.walk(call, true);
    }
    walked.faults.assertNone();
  }

  private void walk(Call call, boolean refused) throws IOException {
    WireAnswer answer = api.answer(api.request(call.operation(), call.input()));
    api.restore();
    if (answer.refused() != refused) {
      faults.add(call.operation(), "an honest call is answered " + answer);
    }
    walk.walk(call.operation(), call.input());
  }

  /**
   * Makes one call and fails if anything is wrong with what comes of it.
   *
   * @return the answer's status
   */
  public static int attempt(ServedApi api, String what, Call call) throws IOException {
    WalkedApi walked = new WalkedApi(api, Set.of(), List.of());
    int status = walked.call(what, call.operation(), api.request(call.operation(), call.input()));
    walked.faults.assertNone();
    return status;
  }

  private int call(String what, String operation, HttpRequest request) throws IOException {
    WireAnswer answer = api.answer(request);
    String fault = answer.fault(api.model);
    boolean changed = api.isChanged();
    if (fault != null) {
      faults.add(what, fault);
    } else if (changed && (answer.refused() || isReading(operation))) {
      faults.add(what, "something has changed");
    } else if (changed) {
      read(what, request, answer);
    }
    api.restore();
    return answer.status();
  }

  private void read(String what, HttpRequest request, WireAnswer answer) throws IOException {
    for (HttpRequest reading : readBack.of(request, answer)) {
      WireAnswer read = api.answer(reading);
      if (read.refused()) {
        faults.add(what, "cannot be read: " + reading.target() + " " + read.text());
      }
    }
    for (HttpRequest reading : further) {
      String fault = api.answer(reading).fault(api.model);
      if (fault != null) {
        faults.add(what, "then " + reading.target() + ": " + fault);
      }
    }
  }

  private static boolean isReading(String operation) {
    return (operation.startsWith("Get") && !operation.equals("GetSessionToken"))
        || operation.startsWith("List")
        || operation.startsWith("Describe")
        || operation.startsWith("Export");
  }
}
