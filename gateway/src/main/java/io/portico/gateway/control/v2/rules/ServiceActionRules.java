package io.portico.gateway.control.v2.rules;

import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.compile.httpapi.MappingExpression;
import io.portico.gateway.compile.httpapi.ServiceSubtype;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What an integration with an action of a service may be given. */
final class ServiceActionRules {
  private static final String VERSION = "1.0";

  private ServiceActionRules() {}

  /**
   * The action that an {@code integrationSubtype} names.
   *
   * @throws ServiceException if there is none of that version
   */
  // AWS: source: reported, https://github.com/badmintoncryer/cdk-preflight.
  static ServiceSubtype subtype(String name, String payloadFormatVersion) {
    ServiceSubtype subtype = ServiceSubtype.named(name);
    if (subtype == null || !payloadFormatVersion.equals(VERSION)) {
      throw ServiceException.badRequest("Operation: " + name + " is not supported.");
    }
    return subtype;
  }

  /** Whether it can be asked for with these parameters. */
  // AWS: the first text: as above, its order by name; the second is assumed.
  static void check(ServiceSubtype subtype, Map<String, String> parameters) {
    if (!parameters.keySet().containsAll(subtype.required())) {
      throw ServiceException.badRequest(
          "Operation: %s requires enabling passthrough, or defining all of the following parameters"
                  .formatted(subtype.subtype())
              + " in the parameter mapping: "
              + sorted(subtype.required()));
    }
    List<String> unknown =
        sorted(parameters.keySet()).stream().filter(name -> !subtype.takes(name)).toList();
    if (!unknown.isEmpty()) {
      throw ServiceException.badRequest(
          "Operation: %s does not support the following parameters: %s"
              .formatted(subtype.subtype(), unknown));
    }
    parameters.forEach(ServiceActionRules::check);
  }

  // AWS: that a region is the same for all calls of a stage is assumed.
  private static void check(String name, String source) {
    try {
      MappingExpression value = MappingExpression.ofRequest(source);
      String fixed = value.fixed();
      if (name.equals(ServiceSubtype.REGION)
          && (!value.isOfStage() || (fixed != null && !ServiceSubtype.isRegion(fixed)))) {
        throw ParameterMappings.invalidSource(source, name);
      }
    } catch (UnusableException e) {
      throw ParameterMappings.invalidSource(source, name);
    }
  }

  private static List<String> sorted(Collection<String> names) {
    return names.stream().sorted().toList();
  }
}
