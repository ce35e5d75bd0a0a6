package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.AwsApiHandler;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.control.protocol.WireCall;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Runs one case on a control plane of its own, each call from request to answer. */
final class ControlCaseRun {
  private static final Pattern NAME = Pattern.compile("<([a-zA-Z0-9]+)>");
  private static final Pattern REPLY = Pattern.compile("reply(?: (\\d{3}))?( contains)?");
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final ServiceModel V1 = ServiceModel.of(AwsApi.API_GATEWAY);
  private static final ServiceModel V2 = ServiceModel.of(AwsApi.API_GATEWAY_V2);
  private static final String OF_V2 = "v2 ";
  private static final long MOST_BYTES = 1 << 20;

  private final TestControlPlane plane = new TestControlPlane();
  private final AwsApiHandler v1 = handler(V1, plane.operations());
  private final AwsApiHandler v2 = handler(V2, plane.v2());
  private final Map<String, JsonNode> values = new HashMap<>();
  private final Consumer<TestControlPlane> accepted;
  private @Nullable String operation;
  private @Nullable ObjectNode reply;
  private int status;
  private @Nullable ServiceException error;

  ControlCaseRun() {
    this(plane -> {});
  }

  /**
   * @param accepted hears of each call that the control plane has taken
   */
  ControlCaseRun(Consumer<TestControlPlane> accepted) {
    this.accepted = accepted;
    values.put("account", StringNode.valueOf(TestControlPlane.CALLER.accountId()));
    values.put("region", StringNode.valueOf(TestControlPlane.CALLER.region()));
  }

  private static AwsApiHandler handler(ServiceModel model, Operations operations) {
    return new AwsApiHandler(
        model,
        operations,
        new CallerResolver(
            TestControlPlane.CALLER.accountId(),
            TestControlPlane.CALLER.region(),
            new ControlHosts(List.of())));
  }

  void run(ControlCase steps) {
    for (ControlCase.Section section : steps.sections()) {
      run(section);
    }
    expectNoUnseenError();
  }

  private void run(ControlCase.Section section) {
    String title = section.title();
    if (title.startsWith("reply")) {
      expectReply(section);
    } else if (title.startsWith("error ")) {
      expectError(title.substring("error ".length()), section.body());
    } else if (title.equals("published")) {
      assertThat(String.join("\n", plane.publisher.take())).isEqualTo(filled(section.body()));
    } else {
      call(section);
    }
  }

  private void call(ControlCase.Section section) {
    expectNoUnseenError();
    operation = section.title();
    reply = null;
    error = null;
    String input = section.body().isEmpty() ? "{}" : section.body();
    ObjectNode parsed = (ObjectNode) filled(YAML.readTree(input));
    HttpResponse response =
        section.title().startsWith(OF_V2)
            ? v2.handle(WireCall.request(V2, section.title().substring(OF_V2.length()), parsed))
            : v1.handle(WireCall.request(V1, section.title(), parsed));
    ObjectNode body = body(response);
    status = response.status();
    if (status < 300) {
      reply = body;
      accepted.accept(plane);
    } else {
      error =
          new ServiceException(
              String.valueOf(response.headers().first("x-amzn-ErrorType")),
              status,
              body.get("message").asString());
    }
  }

  private static ObjectNode body(HttpResponse response) {
    try {
      byte[] bytes = response.body().readAll(MOST_BYTES);
      return bytes.length == 0 ? Json.object() : (ObjectNode) Json.parse(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void expectNoUnseenError() {
    if (error != null) {
      fail("%s: %s %s", operation, error.code(), error.text());
    }
  }

  private void expectReply(ControlCase.Section section) {
    expectNoUnseenError();
    Matcher title = REPLY.matcher(section.title());
    assertThat(title.matches()).as(section.title()).isTrue();
    if (title.group(1) != null) {
      assertThat(String.valueOf(status)).isEqualTo(title.group(1));
    }
    JsonNode expected = YAML.readTree(section.body().isEmpty() ? "{}" : section.body());
    if (reply == null || !matches(expected, reply, title.group(2) != null)) {
      fail(
          "%s replies%n%s%nexpected%n%s",
          operation, reply == null ? "nothing" : Json.pretty(reply), Json.pretty(filled(expected)));
    }
  }

  private void expectError(String title, String text) {
    if (error == null) {
      fail("%s replies %s", operation, reply);
    } else {
      assertThat(error.status() + " " + error.code() + "\n" + error.text() + "|")
          .isEqualTo(title + "\n" + filled(text) + "|");
      error = null;
    }
  }

  private boolean matches(JsonNode expected, JsonNode actual, boolean partly) {
    if (expected instanceof StringNode text) {
      Matcher name = NAME.matcher(text.asString());
      if (name.matches() && !values.containsKey(name.group(1))) {
        values.put(name.group(1), actual);
        return true;
      }
      return filled(text).equals(actual);
    }
    if (expected instanceof ObjectNode members) {
      if (!(actual instanceof ObjectNode) || (!partly && members.size() != actual.size())) {
        return false;
      }
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        JsonNode value = actual.get(filled(member.getKey()));
        if (value == null || !matches(member.getValue(), value, partly)) {
          return false;
        }
      }
      return true;
    }
    if (expected instanceof ArrayNode elements) {
      if (!(actual instanceof ArrayNode) || elements.size() != actual.size()) {
        return false;
      }
      for (int i = 0; i < elements.size(); i++) {
        if (!matches(elements.get(i), actual.get(i), partly)) {
          return false;
        }
      }
      return true;
    }
    if (expected.isNumber() && actual.isNumber()) {
      return expected.isFloatingPointNumber() == actual.isFloatingPointNumber()
          && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }

  private JsonNode filled(JsonNode node) {
    return switch (node) {
      case StringNode text -> {
        Matcher name = NAME.matcher(text.asString());
        JsonNode value = name.matches() ? values.get(name.group(1)) : null;
        yield value == null ? StringNode.valueOf(filled(text.asString())) : value;
      }
      case ObjectNode members -> {
        ObjectNode copy = Json.object();
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        members.properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        properties.forEach((key, value) -> copy.set(filled(key), filled(value)));
        yield copy;
      }
      case ArrayNode elements -> {
        ArrayNode copy = Json.array();
        elements.forEach(element -> copy.add(filled(element)));
        yield copy;
      }
      default -> node;
    };
  }

  private String filled(String text) {
    return NAME.matcher(text)
        .replaceAll(
            name -> {
              JsonNode value = values.get(name.group(1));
              return Matcher.quoteReplacement(
                  value == null ? name.group() : Objects.toString(value.asString()));
            });
  }
}
