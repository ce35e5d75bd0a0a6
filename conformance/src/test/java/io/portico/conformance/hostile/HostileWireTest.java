package io.portico.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.BuiltOperations;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.hostile.TableOperation.Field;
import io.portico.conformance.hostile.TableOperation.Location;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.RawClient;
import io.portico.conformance.wire.RawClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation of the services that Portico speaks for gets hostile labels, parameters, members
 * and bodies over a socket, from a server that keeps its records in a file: each is answered or
 * refused in AWS's form, and as long as all is refused, nothing of what the server lists has
 * changed.
 */
final class HostileWireTest {
  private static final int MOST_SHOWN = 40;
  private static final int MOST_SAID = 160;

  private final List<String> faults = new ArrayList<>();
  private boolean changed;

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(HostileService.class)
  void noRequestIsAFailureOfTheServer(HostileService service) {
    try (PorticoProcess server = PorticoProcess.durable(data);
        RawClient client = new RawClient(server.endpoint().port())) {
      Contents contents = new Contents(client);
      // What makes and unmakes whole APIs comes last.
      List<TableOperation> operations = new ArrayList<>(service.operations());
      assertThat(operations).as("operations of %s", service).isNotEmpty();
      operations.sort(Comparator.comparing(each -> each.path().indexOf('}') < 0));
      Set<String> built = new TreeSet<>();
      for (TableOperation operation : operations) {
        if (isBuilt(client, contents, service, operation)) {
          walk(client, contents, service, operation);
          built.add(operation.name());
        }
      }
      if (!service.hasPaths()) {
        assertThat(built)
            .as("operations of %s that are built", service)
            .isEqualTo(BuiltOperations.of(AwsService.valueOf(service.name())));
      }
    }
    assertThat(faults.stream().limit(MOST_SHOWN)).as("%d faults", faults.size()).isEmpty();
  }

  /** What is not says so to each call alike. */
  private static boolean isBuilt(
      RawClient client, Contents contents, HostileService service, TableOperation operation) {
    return service.hasPaths()
        || client
                .call(
                    operation.method(),
                    contents.target(operation.path()),
                    service.headers(operation),
                    service.bodies(operation).getFirst())
                .status()
            != 501;
  }

  private void walk(
      RawClient client, Contents contents, HostileService service, TableOperation operation) {
    String before = contents.listed();
    for (Field field : operation.members()) {
      switch (field.location()) {
        case LABEL -> {
          for (String value : HostileBytes.ENCODED) {
            String target = contents.target(operation.path(), field.wireName(), value);
            call(client, service, operation, target, new byte[0]);
          }
        }
        case QUERY -> {
          String target = contents.target(operation.path());
          String parameter = (target.contains("?") ? '&' : '?') + field.wireName() + '=';
          for (String value : HostileBytes.ENCODED) {
            call(client, service, operation, target + parameter + value, new byte[0]);
          }
        }
        case BODY -> {
          for (byte[] body : service.withMember(operation, field.wireName())) {
            call(client, service, operation, contents.target(operation.path()), body);
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
      for (byte[] body : service.bodies(operation)) {
        call(client, service, operation, contents.target(operation.path()), body);
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
      RawClient client,
      HostileService service,
      TableOperation operation,
      String target,
      byte[] body) {
    Answer answer = client.call(operation.method(), target, service.headers(operation), body);
    changed |= answer.status() < 300 && !operation.method().equals("GET");
    String fault = fault(service, answer);
    if (fault != null) {
      faults.add(
          operation.name()
              + ' '
              + start(target)
              + ' '
              + HostileService.start(body, MOST_SAID)
              + " -> "
              + fault);
    }
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

  private static @Nullable String fault(HostileService service, Answer answer) {
    for (String header : answer.headers()) {
      if (header.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
        return "a header with control characters: " + header;
      }
    }
    if (answer.status() >= 500 && answer.status() != 501) {
      return answer.status() + " " + answer.text();
    }
    if (answer.status() >= 400 && !isOfTheListener(answer)) {
      String fault =
          service.fault(answer.header("x-amzn-ErrorType"), answer.status(), answer.text());
      if (fault != null) {
        return "a refusal that is " + fault + ": " + answer.status() + " " + answer.text();
      }
    }
    return null;
  }
}
