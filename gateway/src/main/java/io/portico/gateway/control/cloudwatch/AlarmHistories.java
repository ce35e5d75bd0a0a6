package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.PageToken;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened to alarms, as it is asked for. */
final class AlarmHistories {
  /** AWS: source: documented, DescribeAlarmHistory. */
  private static final int PAGE = 50;

  private final CloudWatchEnvironment environment;

  AlarmHistories(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("DescribeAlarmHistory", this::describeAlarmHistory);
  }

  ObjectNode describeAlarmHistory(OperationCall call) {
    Input input = call.input();
    String after = PageToken.key(input.stringOrNull("NextToken"));
    if (after == null) {
      throw CloudWatchErrors.invalidToken();
    }
    boolean ascending = "TimestampAscending".equals(input.stringOrNull("ScanBy"));
    Integer limit = input.integerOrNull("MaxRecords");
    int most = limit == null ? PAGE : limit;
    List<AlarmHistoryRecord> all =
        new ArrayList<>(
            environment
                .records()
                .read(reader -> reader.list(AlarmHistoryRecord.TYPE, call.caller().scope())));
    Comparator<AlarmHistoryRecord> order = Comparator.comparing(AlarmHistoryRecord::id);
    all.sort(ascending ? order : order.reversed());
    List<AlarmHistoryRecord> found =
        all.stream()
            .filter(asked(input))
            .filter(
                item ->
                    after.isEmpty()
                        || (ascending
                            ? item.id().compareTo(after) > 0
                            : item.id().compareTo(after) < 0))
            .limit(most + 1L)
            .toList();
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("AlarmHistoryItems");
    found.stream().limit(most).map(AlarmHistories::view).forEach(items::add);
    if (found.size() > most) {
      answer.put("NextToken", PageToken.of(found.get(most - 1).id()));
    }
    return answer;
  }

  private static Predicate<AlarmHistoryRecord> asked(Input input) {
    String alarm = input.stringOrNull("AlarmName");
    String type = input.stringOrNull("HistoryItemType");
    Long start = MetricInputs.secondsOrNull(input, "StartDate");
    Long end = MetricInputs.secondsOrNull(input, "EndDate");
    List<String> types = input.stringsOrNull("AlarmTypes");
    boolean ofAnotherType =
        (types != null && !types.isEmpty() && !types.contains("MetricAlarm"))
            || input.has("AlarmContributorId");
    return item ->
        !ofAnotherType
            && (alarm == null || alarm.equals(item.alarm()))
            && (type == null || type.equals(item.type().text()))
            && (start == null || item.timeMillis() >= start * 1000)
            && (end == null || item.timeMillis() <= end * 1000);
  }

  private static ObjectNode view(AlarmHistoryRecord item) {
    return Json.object()
        .put("AlarmName", item.alarm())
        .put("AlarmType", "MetricAlarm")
        .put("Timestamp", Alarms.seconds(item.timeMillis()))
        .put("HistoryItemType", item.type().text())
        .put("HistorySummary", item.summary())
        .put("HistoryData", item.data());
  }
}
