package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Pages of records, ordered by their keys. */
final class Lists {
  private Lists() {}

  /** A page of what the API of a call has of a type. */
  static <R> ObjectNode ofApi(
      V2Environment environment,
      OperationCall call,
      RecordType<R> type,
      Function<R, String> key,
      Function<R, ObjectNode> shape) {
    Page page = Page.v2(call.input());
    return environment
        .records()
        .read(
            records -> {
              String apiId = new Finder(records, call).api().apiId();
              return page.answer(
                  (after, limit) -> records.list(type, apiId, after, limit), key, shape);
            });
  }

  /** A page of what stands within a record. */
  static <T> ObjectNode within(
      V2Environment environment,
      OperationCall call,
      BiFunction<RecordReader, OperationCall, List<T>> all,
      Function<T, String> key,
      Function<T, ObjectNode> shape) {
    Page page = Page.v2(call.input());
    return environment
        .records()
        .read(
            records -> {
              List<T> ordered =
                  all.apply(records, call).stream().sorted(Comparator.comparing(key)).toList();
              return page.answer(
                  (after, limit) ->
                      ordered.stream()
                          .filter(each -> key.apply(each).compareTo(after) > 0)
                          .limit(limit)
                          .toList(),
                  key,
                  shape);
            });
  }
}
