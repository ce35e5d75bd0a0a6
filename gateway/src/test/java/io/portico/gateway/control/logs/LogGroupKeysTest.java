package io.portico.gateway.control.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Groups with keys, and what a search says of its direction. */
final class LogGroupKeysTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final Caller CALLER = new Caller("111122223333", "eu-west-1", null);
  private static final String ARN = "arn:aws:logs:eu-west-1:111122223333:log-group:g";
  private static final String KEY = "\"kmsKeyId\": \"arn:aws:kms:eu-west-1:111122223333:key/0123\"";

  private final Records records = new Records(new TestStore());
  private final LogStore store = new LogStore(LogFolder.temporary(), records, CLOCK);
  private final Operations operations =
      LogsOperations.of(new LogsEnvironment(records, store, CLOCK));

  @AfterEach
  void close() {
    store.close();
  }

  private ObjectNode call(String operation, String input) {
    OperationHandler handler = operations.find(operation);
    assertThat(handler).as(operation).isNotNull();
    return handler.handle(
        new OperationCall(operation, CALLER, "request", new Input((ObjectNode) Json.parse(input))));
  }

  private String refusal(String operation, String input) {
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> call(operation, input));
    assertThat(refusal).as(operation + " " + input).isNotNull();
    return refusal.code();
  }

  private JsonNode key() {
    return call("DescribeLogGroups", "{}").path("logGroups").path(0).path("kmsKeyId");
  }

  @Test
  void aGroupsKeyIsKeptAndTakenAway() {
    call("CreateLogGroup", "{\"logGroupName\": \"g\"}");

    call("AssociateKmsKey", "{\"logGroupName\": \"g\", " + KEY + "}");
    assertThat(key().asString()).isEqualTo("arn:aws:kms:eu-west-1:111122223333:key/0123");

    call("DisassociateKmsKey", "{\"logGroupName\": \"g\"}");
    assertThat(key().isMissingNode()).isTrue();

    call("AssociateKmsKey", "{\"resourceIdentifier\": \"" + ARN + "\", " + KEY + "}");
    assertThat(key().isMissingNode()).isFalse();
  }

  @Test
  void whatHasNoKeyIsRefused() {
    assertThat(refusal("AssociateKmsKey", "{\"logGroupName\": \"g\", " + KEY + "}"))
        .isEqualTo("ResourceNotFoundException");
    assertThat(refusal("AssociateKmsKey", "{" + KEY + "}")).isEqualTo("InvalidParameterException");
    assertThat(
            refusal(
                "DisassociateKmsKey",
                "{\"logGroupName\": \"g\", \"resourceIdentifier\": \"" + ARN + "\"}"))
        .isEqualTo("InvalidParameterException");
    assertThat(
            refusal(
                "AssociateKmsKey",
                "{\"resourceIdentifier\": \"arn:aws:logs:eu-west-1:111122223333:query-result:*\", "
                    + KEY
                    + "}"))
        .isEqualTo("NotImplementedException");
  }

  @Test
  void theLatestComeFirstSince2024Only() {
    call("CreateLogGroup", "{\"logGroupName\": \"g\"}");
    String backward = "{\"logGroupName\": \"g\", \"startFromHead\": false, \"startTime\": ";

    assertThat(refusal("FilterLogEvents", backward + "1704067199999}"))
        .isEqualTo("InvalidParameterException");
    assertThat(call("FilterLogEvents", backward + "1704067200000}").path("events")).isEmpty();
  }
}
