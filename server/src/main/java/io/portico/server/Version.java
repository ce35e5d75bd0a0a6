package io.portico.server;

import io.portico.gateway.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which Portico this is.
 *
 * @param number as in the jar's manifest; {@code development} outside a jar
 * @param java the version of the running JVM
 */
public record Version(String number, String java) {

  public static Version current() {
    String number = Version.class.getPackage().getImplementationVersion();
    return new Version(number == null ? "development" : number, Runtime.version().toString());
  }

  public ObjectNode json() {
    return Json.object().put("version", number).put("java", java);
  }
}
