package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.PageToken;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import io.portico.gateway.model.cloudwatch.AlarmRecord;
import io.portico.gateway.model.cloudwatch.AlarmState;
import io.portico.gateway.store.RecordWriter;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Alarms on metrics. */
final class Alarms {
  /** AWS: source: documented, DescribeAlarms. */
  private static final int PAGE = 50;

  private final CloudWatchEnvironment environment;

  Alarms(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutMetricAlarm", this::putMetricAlarm)
        .add("DescribeAlarms", this::describeAlarms)
        .add("DescribeAlarmsForMetric", this::describeAlarmsForMetric)
        .add("DeleteAlarms", this::deleteAlarms)
        .add("SetAlarmState", this::setAlarmState)
        .add("EnableAlarmActions", call -> switchActions(call, true))
        .add("DisableAlarmActions", call -> switchActions(call, false));
  }

  ObjectNode putMetricAlarm(OperationCall call) {
    AlarmRules.check(call.input());
    ObjectNode settings = call.input().json().deepCopy();
    Map<String, String> tags = AlarmTags.sent(call.input());
    settings.remove("Tags");
    if (!settings.has("ActionsEnabled")) {
      settings.put("ActionsEnabled", true);
    }
    for (String member :
        List.of("OKActions", "AlarmActions", "InsufficientDataActions", "Dimensions")) {
      if (!settings.has(member) && !(member.equals("Dimensions") && settings.has("Metrics"))) {
        settings.putArray(member);
      }
    }
    String name = call.input().string("AlarmName");
    AlarmPlace place = AlarmPlace.of(call.caller());
    long now = environment.clock().millis();
    return environment
        .records()
        .write(
            writer -> {
              AlarmRecord before = writer.find(AlarmRecord.TYPE, place.scope(), name).orElse(null);
              // AWS: tags are those of a new alarm; source: documented, PutMetricAlarm.
              AlarmRecord alarm =
                  before == null
                      ? new AlarmRecord(name, settings, AlarmState.initial(now), now, tags)
                      : before.withSettings(settings, now);
              writer.put(AlarmRecord.TYPE, place.scope(), name, alarm);
              configured(writer, place, alarm, before == null ? Change.CREATE : Change.UPDATE);
              return Json.object();
            });
  }

  /** What becomes of an alarm's settings. AWS: source: reported by users of AWS's clients. */
  private enum Change {
    CREATE("Create", "created", "createdAlarm"),
    UPDATE("Update", "updated", "updatedAlarm"),
    DELETE("Delete", "deleted", "deletedAlarm");

    private final String type;
    private final String done;
    private final String member;

    Change(String type, String done, String member) {
      this.type = type;
      this.done = done;
      this.member = member;
    }
  }

  private void configured(RecordWriter writer, AlarmPlace place, AlarmRecord alarm, Change change) {
    environment
        .alarms()
        .history()
        .add(
            writer,
            place,
            alarm.name(),
            AlarmHistoryRecord.Type.CONFIGURATION_UPDATE,
            "Alarm \"%s\" %s".formatted(alarm.name(), change.done),
            AlarmTexts.configuration(change.type, change.member, alarm));
  }

  ObjectNode describeAlarms(OperationCall call) {
    Input input = call.input();
    String after = PageToken.key(input.stringOrNull("NextToken"));
    if (after == null) {
      throw CloudWatchErrors.invalidToken();
    }
    Integer limit = input.integerOrNull("MaxRecords");
    int most = limit == null ? PAGE : limit;
    AlarmPlace place = AlarmPlace.of(call.caller());
    Predicate<AlarmRecord> asked = asked(input);
    List<AlarmRecord> found =
        environment
            .records()
            .read(
                reader ->
                    Matching.list(
                        batch ->
                            reader.list(
                                AlarmRecord.TYPE, place.scope(), batch.after(), batch.limit()),
                        AlarmRecord::name,
                        asked,
                        new Matching.Batch(after, most + 1)));
    ObjectNode answer = Json.object();
    answer.putArray("CompositeAlarms");
    ArrayNode alarms = answer.putArray("MetricAlarms");
    found.stream().limit(most).map(alarm -> view(alarm, place)).forEach(alarms::add);
    if (found.size() > most) {
      answer.put("NextToken", PageToken.of(found.get(most - 1).name()));
    }
    return answer;
  }

  private static Predicate<AlarmRecord> asked(Input input) {
    List<String> names = input.stringsOrNull("AlarmNames");
    String prefix = input.stringOrNull("AlarmNamePrefix");
    if (names != null && !names.isEmpty() && prefix != null) {
      // AWS: its words are inferred.
      throw CloudWatchErrors.validation(
          "The parameters AlarmNames and AlarmNamePrefix are mutually exclusive and you have specified both.");
    }
    List<String> types = input.stringsOrNull("AlarmTypes");
    boolean ofAnotherType =
        (types != null && !types.isEmpty() && !types.contains("MetricAlarm"))
            // Only composite alarms have children and parents.
            || input.has("ChildrenOfAlarmName")
            || input.has("ParentsOfAlarmName");
    Set<String> named = names == null ? Set.of() : new HashSet<>(names);
    String state = input.stringOrNull("StateValue");
    String action = input.stringOrNull("ActionPrefix");
    return alarm ->
        !ofAnotherType
            && (named.isEmpty() || named.contains(alarm.name()))
            && (prefix == null || alarm.name().startsWith(prefix))
            && (state == null || state.equals(alarm.state().value()))
            && (action == null || actions(alarm).anyMatch(arn -> arn.startsWith(action)));
  }

  private static Stream<String> actions(AlarmRecord alarm) {
    AlarmSettings settings = AlarmSettings.of(alarm.settings());
    return Stream.of("OK", "ALARM", "INSUFFICIENT_DATA")
        .map(settings::actions)
        .flatMap(List::stream);
  }

  /** An alarm as outputs have it. */
  private static ObjectNode view(AlarmRecord alarm, AlarmPlace place) {
    ObjectNode view = alarm.settings().deepCopy();
    AlarmState state = alarm.state();
    view.put("AlarmArn", place.arn(alarm.name()))
        .put("AlarmConfigurationUpdatedTimestamp", seconds(alarm.configuredMillis()))
        .put("StateValue", state.value())
        .put("StateReason", state.reason())
        .put("StateUpdatedTimestamp", seconds(state.updatedMillis()))
        .put("StateTransitionedTimestamp", seconds(state.transitionedMillis()));
    if (state.reasonData() != null) {
      view.put("StateReasonData", state.reasonData());
    }
    return view;
  }

  static BigDecimal seconds(long millis) {
    return millis % 1000 == 0 ? BigDecimal.valueOf(millis / 1000) : BigDecimal.valueOf(millis, 3);
  }

  ObjectNode describeAlarmsForMetric(OperationCall call) {
    Input input = call.input();
    AlarmPlace place = AlarmPlace.of(call.caller());
    ObjectNode answer = Json.object();
    ArrayNode alarms = answer.putArray("MetricAlarms");
    environment.records().read(reader -> reader.list(AlarmRecord.TYPE, place.scope())).stream()
        .filter(alarm -> watches(new Input(alarm.settings()), input))
        .map(alarm -> view(alarm, place))
        .forEach(alarms::add);
    return answer;
  }

  private static boolean watches(Input alarm, Input metric) {
    return Stream.of("Namespace", "MetricName")
            .allMatch(
                member -> Objects.equals(alarm.stringOrNull(member), metric.stringOrNull(member)))
        && Stream.of("Statistic", "ExtendedStatistic", "Unit")
            .allMatch(
                member ->
                    !metric.has(member)
                        || Objects.equals(alarm.stringOrNull(member), metric.stringOrNull(member)))
        && (!metric.has("Period")
            || Objects.equals(alarm.integerOrNull("Period"), metric.integerOrNull("Period")))
        && Set.copyOf(MetricInputs.dimensions(alarm))
            .equals(Set.copyOf(MetricInputs.dimensions(metric)));
  }

  /** AWS: names of no alarm are passed over; source: documented, DeleteAlarms. */
  ObjectNode deleteAlarms(OperationCall call) {
    AlarmPlace place = AlarmPlace.of(call.caller());
    return change(
        call,
        (writer, alarm) -> {
          writer.delete(AlarmRecord.TYPE, place.scope(), alarm.name());
          configured(writer, place, alarm, Change.DELETE);
        });
  }

  private ObjectNode switchActions(OperationCall call, boolean enabled) {
    AlarmPlace place = AlarmPlace.of(call.caller());
    long now = environment.clock().millis();
    return change(
        call,
        (writer, alarm) -> {
          ObjectNode settings = alarm.settings().deepCopy();
          AlarmRecord switched = alarm.withSettings(settings.put("ActionsEnabled", enabled), now);
          writer.put(AlarmRecord.TYPE, place.scope(), alarm.name(), switched);
          configured(writer, place, switched, Change.UPDATE);
        });
  }

  /** Changes one of the alarms that a call names. */
  private interface AlarmChange {
    void make(RecordWriter writer, AlarmRecord alarm);
  }

  private ObjectNode change(OperationCall call, AlarmChange change) {
    String scope = call.caller().scope();
    List<String> names =
        Objects.requireNonNullElse(call.input().stringsOrNull("AlarmNames"), List.of());
    return environment
        .records()
        .write(
            writer -> {
              names.stream()
                  .distinct()
                  .flatMap(name -> writer.find(AlarmRecord.TYPE, scope, name).stream())
                  .forEach(alarm -> change.make(writer, alarm));
              return Json.object();
            });
  }

  ObjectNode setAlarmState(OperationCall call) {
    Input input = call.input();
    AlarmPlace place = AlarmPlace.of(call.caller());
    String data = input.stringOrNull("StateReasonData");
    checkJson(data);
    return environment
        .records()
        .write(
            writer -> {
              AlarmRecord alarm =
                  writer
                      .find(AlarmRecord.TYPE, place.scope(), input.string("AlarmName"))
                      .orElseThrow(
                          // AWS: its words are inferred.
                          () ->
                              new ServiceException(
                                  "ResourceNotFound", 404, "The named resource does not exist."));
              environment
                  .alarms()
                  .enter(
                      writer,
                      place,
                      alarm,
                      input.string("StateValue"),
                      input.string("StateReason"),
                      data);
              return Json.object();
            });
  }

  private static void checkJson(@Nullable String data) {
    try {
      if (data != null && !Json.parse(data).isObject()) {
        throw notJson();
      }
    } catch (JacksonException e) {
      throw notJson();
    }
  }

  /** AWS: its words are inferred. */
  private static ServiceException notJson() {
    return new ServiceException(
        "InvalidFormatFault", 400, "StateReasonData was not syntactically valid JSON");
  }
}
