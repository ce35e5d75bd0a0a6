package io.portico.gateway.control.protocol;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The XML in which the Query protocol answers and refuses. */
final class XmlOutput {
  private final ServiceModel model;
  private final String namespace;

  XmlOutput(ServiceModel model) {
    this.model = model;
    this.namespace = model.api().xmlNamespace(model.apiVersion());
  }

  /**
   * @param members of the output, as {@link OutputWriter#members} has them
   */
  String answer(Operation operation, ObjectNode members, String requestId) {
    XmlWriter xml = new XmlWriter().open(operation.name() + "Response", namespace);
    if (operation.hasOutput()) {
      structure(xml, operation.name() + "Result", operation.output(), members);
    }
    return xml.open("ResponseMetadata")
        .element("RequestId", requestId)
        .close("ResponseMetadata")
        .close(operation.name() + "Response")
        .text();
  }

  String refusal(ServiceException refusal, String requestId) {
    XmlWriter xml = new XmlWriter().open("ErrorResponse", namespace).open("Error");
    xml.element("Type", refusal.status() < 500 ? "Sender" : "Receiver")
        .element("Code", model.queryCode(refusal.code()))
        .element("Message", refusal.text());
    refusal.details().forEach(xml::element);
    return xml.close("Error").element("RequestId", requestId).close("ErrorResponse").text();
  }

  private void structure(XmlWriter xml, String name, Shape.Structure shape, JsonNode members) {
    if (members.isEmpty()) {
      xml.element(name, "");
      return;
    }
    xml.open(name);
    for (Member member : shape.members()) {
      JsonNode value = members.get(member.wireName());
      if (value != null) {
        value(xml, member.wireName(), model.shape(member.shape()), value);
      }
    }
    xml.close(name);
  }

  private void value(XmlWriter xml, String name, Shape shape, JsonNode value) {
    switch (shape) {
      case Shape.Structure structure -> structure(xml, name, structure, value);
      case Shape.ListOf list -> {
        if (value.isEmpty()) {
          xml.element(name, "");
          return;
        }
        xml.open(name);
        for (JsonNode item : value) {
          value(xml, "member", model.shape(list.element()), item);
        }
        xml.close(name);
      }
      case Shape.MapOf map -> {
        if (value.isEmpty()) {
          xml.element(name, "");
          return;
        }
        xml.open(name);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          xml.open("entry").element("key", entry.getKey());
          value(xml, "value", model.shape(map.value()), entry.getValue());
          xml.close("entry");
        }
        xml.close(name);
      }
      case Shape.Timestamp timestamp when value.isNumber() ->
          xml.element(name, OutputWriter.iso8601(value));
      default -> xml.element(name, value.asString());
    }
  }
}
