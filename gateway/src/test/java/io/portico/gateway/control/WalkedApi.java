package io.portico.gateway.control;

import io.portico.gateway.control.ServedApi.Honest;
import io.portico.gateway.control.protocol.Faults;
import io.portico.gateway.control.protocol.HostileWalk;
import io.portico.gateway.control.protocol.WireAnswer;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every hostile value in every member of an API's operations: each is answered or refused in the
 * form of its protocol, and a refusal changes nothing.
 */
public final class WalkedApi {
  private WalkedApi() {}

  /**
   * Walks through operations and fails if anything is wrong.
   *
   * @param slow operations of which few calls are made
   * @param neverCarriedOut what an honest call cannot do, and why
   */
  public static void walk(
      ServedApi api, List<String> operations, Set<String> slow, Map<String, String> neverCarriedOut)
      throws IOException {
    Faults faults = new Faults();
    HostileWalk walk =
        new HostileWalk(
            api.model,
            slow,
            (what, operation, request) -> call(api, faults, what, operation, request));
    for (String operation : operations) {
      Honest honest = api.honest(operation);
      if (honest.refusal() != null && !neverCarriedOut.containsKey(operation)) {
        faults.add(operation, "an honest call is refused: " + honest.refusal());
      }
      if (honest.refusal() == null && neverCarriedOut.containsKey(operation)) {
        faults.add(operation, "is carried out, although " + neverCarriedOut.get(operation));
      }
      walk.walk(operation, honest.input());
    }
    faults.assertNone();
  }

  private static void call(
      ServedApi api, Faults faults, String what, String operation, HttpRequest request)
      throws IOException {
    WireAnswer answer = api.answer(request);
    String fault = answer.fault(api.model);
    if (fault != null) {
      faults.add(what, fault);
    } else if (api.isChanged() && (answer.refused() || isReading(operation))) {
      faults.add(what, "something has changed");
    }
    api.restore();
  }

  private static boolean isReading(String operation) {
    return (operation.startsWith("Get") && !operation.equals("GetSessionToken"))
        || operation.startsWith("List")
        || operation.startsWith("Describe");
  }
}
