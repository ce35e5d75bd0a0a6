package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.store.RecordType;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Pages of records, ordered by their keys. */
final class Lists {
  private Lists() {}

  /** A page of what the API of a call has of a type. */
  static <R> ObjectNode ofApi(
      V1Environment environment,
      OperationCall call,
      RecordType<R> type,
      Function<R, String> key,
      Function<R, ObjectNode> shape) {
    Page page = Page.v1(call.input());
    return environment
        .records()
        .read(
            records -> {
              String apiId = new Finder(records, call).api().id();
              return page.answer(
                  (after, limit) -> records.list(type, apiId, after, limit), key, shape);
            });
  }

  /** A page of what the caller's account has of a type in the caller's region. */
  static <R> ObjectNode ofCaller(
      V1Environment environment,
      OperationCall call,
      RecordType<R> type,
      Function<R, String> key,
      Function<R, ObjectNode> shape) {
    Page page = Page.v1(call.input());
    String scope = call.caller().scope();
    return environment
        .records()
        .read(
            records ->
                page.answer((after, limit) -> records.list(type, scope, after, limit), key, shape));
  }
}
