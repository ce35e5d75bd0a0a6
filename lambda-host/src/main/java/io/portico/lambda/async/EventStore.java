package io.portico.lambda.async;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.model.AsyncPayloadRecord;
import io.portico.lambda.model.AsyncResponseRecord;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.snapshot.FunctionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait, as they are stored. What has become of one is written only if it is still
 * there: with its function it has gone.
 */
final class EventStore {
  private final Records records;

  EventStore(Records records) {
    this.records = records;
  }

  /**
   * An event and what belongs to it.
   *
   * @param response how the function has answered last, or null before it has
   * @param settings what holds for it now
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Stored(
      FunctionId function,
      AsyncEventRecord event,
      byte[] payload,
      @Nullable AsyncResponseRecord response,
      EventSettings settings) {}

  /**
   * Takes an event in.
   *
   * @param taken run once it is durable
   * @return whether there is the function
   */
  boolean accept(FunctionId id, AsyncEventRecord event, byte[] payload, Runnable taken) {
    return records.write(
        writer -> {
          if (function(writer, id).isEmpty()) {
            return false;
          }
          writer.put(LambdaRecords.ASYNC_EVENT, parent(id), event.id(), event);
          writer.put(
              LambdaRecords.ASYNC_PAYLOAD,
              parent(id),
              event.requestId(),
              new AsyncPayloadRecord(payload));
          writer.afterCommit(taken);
          return true;
        });
  }

  /** The functions for which events wait. */
  List<FunctionId> functions() {
    return records.read(
        reader -> {
          List<FunctionId> waiting = new ArrayList<>();
          reader
              .all(LambdaRecords.FUNCTION)
              .forEach(
                  function -> {
                    String scope = function.key().parent();
                    int slash = scope.indexOf('/');
                    FunctionId id =
                        new FunctionId(
                            scope.substring(0, slash),
                            scope.substring(slash + 1),
                            function.value().name());
                    if (!reader.list(LambdaRecords.ASYNC_EVENT, parent(id), "", 1).isEmpty()) {
                      waiting.add(id);
                    }
                  });
          return waiting;
        });
  }

  /** The ids of a function's events that are due first. */
  List<String> first(FunctionId id, int limit) {
    return records.read(
        reader ->
            reader.list(LambdaRecords.ASYNC_EVENT, parent(id), "", limit).stream()
                .map(AsyncEventRecord::id)
                .toList());
  }

  /** The event of that id, if it is still there. */
  Optional<Stored> find(FunctionId id, String eventId) {
    return records.read(
        reader ->
            reader
                .find(LambdaRecords.ASYNC_EVENT, parent(id), eventId)
                .flatMap(event -> stored(reader, id, event)));
  }

  private static Optional<Stored> stored(
      RecordReader reader, FunctionId id, AsyncEventRecord event) {
    return function(reader, id)
        .flatMap(
            function ->
                reader
                    .find(LambdaRecords.ASYNC_PAYLOAD, parent(id), event.requestId())
                    .map(
                        payload ->
                            new Stored(
                                id,
                                event,
                                payload.payload(),
                                reader
                                    .find(
                                        LambdaRecords.ASYNC_RESPONSE, parent(id), event.requestId())
                                    .orElse(null),
                                EventSettings.of(reader, id, event.qualifier(), function))));
  }

  /**
   * Puts an event in the place of what it was.
   *
   * @param response how the function has answered since, or null if it has not
   * @param replaced run once that is durable
   * @return whether the event was still there; else nothing has changed
   */
  boolean replace(
      FunctionId id,
      AsyncEventRecord before,
      AsyncEventRecord after,
      @Nullable AsyncResponseRecord response,
      Runnable replaced) {
    return records.write(
        writer -> {
          if (writer.find(LambdaRecords.ASYNC_EVENT, parent(id), before.id()).isEmpty()) {
            return false;
          }
          writer.delete(LambdaRecords.ASYNC_EVENT, parent(id), before.id());
          writer.put(LambdaRecords.ASYNC_EVENT, parent(id), after.id(), after);
          if (response != null) {
            writer.put(LambdaRecords.ASYNC_RESPONSE, parent(id), after.requestId(), response);
          }
          writer.afterCommit(replaced);
          return true;
        });
  }

  /** Forgets an event. */
  void delete(FunctionId id, AsyncEventRecord event) {
    records.write(
        writer -> {
          writer.delete(LambdaRecords.ASYNC_EVENT, parent(id), event.id());
          writer.delete(LambdaRecords.ASYNC_PAYLOAD, parent(id), event.requestId());
          writer.delete(LambdaRecords.ASYNC_RESPONSE, parent(id), event.requestId());
          return true;
        });
  }

  /** Forgets all events of a function. */
  static void deleteAll(RecordWriter writer, FunctionId id) {
    writer.deleteAll(LambdaRecords.ASYNC_EVENT, parent(id));
    writer.deleteAll(LambdaRecords.ASYNC_PAYLOAD, parent(id));
    writer.deleteAll(LambdaRecords.ASYNC_RESPONSE, parent(id));
  }

  private static Optional<FunctionRecord> function(RecordReader reader, FunctionId id) {
    return reader.find(LambdaRecords.FUNCTION, id.scope(), id.name());
  }

  private static String parent(FunctionId id) {
    return LambdaRecords.parent(id.scope(), id.name());
  }
}
