package io.portico.gateway.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition as people write it: resources by path, methods by name, everything else by name;
 * names in place of ids, the schema of a model as a tree.
 */
final class DefinitionView {
  private DefinitionView() {}

  static ObjectNode of(ApiDefinition definition) {
    ObjectNode view = Json.object();
    ObjectNode api = (ObjectNode) Json.tree(definition.api());
    api.put("createdDate", definition.api().createdDate().toString());
    view.set("api", api);
    Map<String, String> names = new HashMap<>();
    ObjectNode authorizers = view.putObject("authorizers");
    for (AuthorizerRecord authorizer : definition.authorizers()) {
      names.put(authorizer.id(), authorizer.name());
      authorizers.set(authorizer.name(), withoutId(authorizer));
    }
    ObjectNode validators = view.putObject("requestValidators");
    for (RequestValidatorRecord validator : definition.requestValidators()) {
      String name = String.valueOf(validator.name());
      names.put(validator.id(), name);
      validators.set(name, withoutId(validator));
    }
    ObjectNode models = view.putObject("models");
    for (ModelRecord model : definition.models()) {
      ObjectNode tree = withoutId(model);
      tree.set("schema", Json.parse(String.valueOf(model.schema())));
      models.set(model.name(), tree);
    }
    ObjectNode responses = view.putObject("gatewayResponses");
    for (GatewayResponseRecord response : definition.gatewayResponses()) {
      responses.set(response.responseType(), Json.tree(response));
    }
    ObjectNode resources = view.putObject("resources");
    for (ResourceRecord resource : definition.resources()) {
      ObjectNode methods = resources.putObject(resource.path());
      for (MethodRecord method : resource.methods().values()) {
        methods.set(method.httpMethod(), method(method, resource, names));
      }
    }
    return view;
  }

  private static ObjectNode withoutId(Object value) {
    ObjectNode tree = (ObjectNode) Json.tree(value);
    tree.remove("id");
    return tree;
  }

  private static ObjectNode method(
      MethodRecord method, ResourceRecord resource, Map<String, String> names) {
    ObjectNode tree = (ObjectNode) Json.tree(method);
    for (String member : new String[] {"authorizerId", "requestValidatorId"}) {
      JsonNode id = tree.get(member);
      if (id != null && id.isString()) {
        tree.put(member, "<" + names.get(id.stringValue()) + ">");
      }
    }
    if (tree.get("methodIntegration") instanceof ObjectNode integration
        && integration.path("cacheNamespace").asString("").equals(resource.id())) {
      integration.put("cacheNamespace", "<resource>");
    }
    return tree;
  }

  static void assertContains(ApiDefinition definition, JsonNode expected) {
    assertContains(of(definition), expected, "");
  }

  private static void assertContains(JsonNode actual, JsonNode expected, String where) {
    if (!expected.isObject() || !actual.isObject()) {
      assertThat(actual).as(where).isEqualTo(expected);
      return;
    }
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      boolean exactly = member.getKey().endsWith("=");
      String key =
          exactly ? member.getKey().substring(0, member.getKey().length() - 1) : member.getKey();
      JsonNode value = actual.path(key);
      String place = where + "/" + key;
      if (member.getValue().isNull()) {
        assertThat(value.isMissingNode() || value.isNull()).as(place + " is absent").isTrue();
      } else if (exactly) {
        assertThat(value).as(place).isEqualTo(member.getValue());
      } else {
        assertContains(value, member.getValue(), place);
      }
    }
  }
}
