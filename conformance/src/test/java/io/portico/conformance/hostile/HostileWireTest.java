package io.portico.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.hostile.TableOperation.Field;
import io.portico.conformance.hostile.TableOperation.Location;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.RawClient;
import io.portico.conformance.wire.RawClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of API Gateway v1 and Lambda gets hostile labels, parameters, members and bodies
 * over a socket, from a server that keeps its records in a file: each is answered or refused in
 * AWS's form, and as long as all is refused, nothing of what the server lists has changed.
 */
final class HostileWireTest {
  private static final Pattern CODE = Pattern.compile("[A-Za-z]+");
  private static final int MOST_SHOWN = 40;
  private static final int MOST_SAID = 160;

  private final List<String> faults = new ArrayList<>();
  private boolean changed;

  @TempDir Path data;

  @Test
  void noRequestIsAFailureOfTheServer() {
    try (PorticoProcess server = PorticoProcess.durable(data);
        RawClient client = new RawClient(server.endpoint().port())) {
      Contents contents = new Contents(client);
      for (String api : List.of("apigateway", "lambda")) {
        // What makes and unmakes whole APIs comes last.
        List<TableOperation> operations = new ArrayList<>(TableOperation.of(api));
        assertThat(operations).as("operations of %s", api).isNotEmpty();
        operations.sort(Comparator.comparing(each -> each.path().indexOf('}') < 0));
        for (TableOperation operation : operations) {
          walk(client, contents, api, operation);
        }
      }
    }
    assertThat(faults.stream().limit(MOST_SHOWN)).as("%d faults", faults.size()).isEmpty();
  }

  private void walk(RawClient client, Contents contents, String api, TableOperation operation) {
    String before = contents.listed();
    for (Field field : operation.members()) {
      switch (field.location()) {
        case LABEL -> {
          for (String value : HostileBytes.ENCODED) {
            String target = contents.target(operation.path(), field.wireName(), value);
            call(client, api, operation, target, new byte[0]);
          }
        }
        case QUERY -> {
          String target = contents.target(operation.path());
          String parameter = (target.contains("?") ? '&' : '?') + field.wireName() + '=';
          for (String value : HostileBytes.ENCODED) {
            call(client, api, operation, target + parameter + value, new byte[0]);
          }
        }
        case BODY -> {
          for (byte[] body : HostileBytes.withMember(field.wireName())) {
            call(client, api, operation, contents.target(operation.path()), body);
          }
        }
        case HEADER, PAYLOAD -> {
          // The server's own tests have the headers; bodies follow.
        }
      }
      if (changed) {
        before = contents.listed();
        changed = false;
      }
    }
    if (operation.members().stream().anyMatch(HostileWireTest::isInBody)) {
      for (byte[] body : HostileBytes.BODIES) {
        call(client, api, operation, contents.target(operation.path()), body);
      }
    }
    if (!changed && !contents.listed().equals(before)) {
      faults.add(operation.name() + ": refused, and has changed something");
    }
    changed = false;
  }

  private static boolean isInBody(Field field) {
    return field.location() == Location.BODY || field.location() == Location.PAYLOAD;
  }

  private void call(
      RawClient client, String api, TableOperation operation, String target, byte[] body) {
    Answer answer = client.call(operation.method(), target, Contents.signed(api), body);
    changed |= answer.status() < 300 && !operation.method().equals("GET");
    String fault = fault(answer);
    if (fault != null) {
      faults.add(operation.name() + ' ' + start(target) + ' ' + start(text(body)) + " -> " + fault);
    }
  }

  private static String text(byte[] body) {
    return new String(body, 0, Math.min(body.length, MOST_SAID), StandardCharsets.ISO_8859_1);
  }

  private static String start(String text) {
    return text.length() <= MOST_SAID ? text : text.substring(0, MOST_SAID) + "...";
  }

  /** What is no request of HTTP, or too long a one, no API sees. */
  private static boolean isOfTheListener(Answer answer) {
    return "close".equalsIgnoreCase(answer.header("Connection"))
        && List.of(400, 414).contains(answer.status())
        && answer.header("x-amzn-ErrorType") == null;
  }

  private static @Nullable String fault(Answer answer) {
    for (String header : answer.headers()) {
      if (header.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
        return "a header with control characters: " + header;
      }
    }
    if (answer.status() >= 500 && answer.status() != 501) {
      return answer.status() + " " + answer.text();
    }
    if (answer.status() >= 400 && !isOfTheListener(answer)) {
      String code = answer.header("x-amzn-ErrorType");
      if (code == null || !CODE.matcher(code).matches()) {
        return "a refusal without a code: " + answer.status() + " " + answer.text();
      }
      if (!answer.text().matches("(?is)\\{.*\"message\":\".+\".*}")) {
        return "a refusal without a text: " + answer.status() + " " + answer.text();
      }
    }
    return null;
  }
}
