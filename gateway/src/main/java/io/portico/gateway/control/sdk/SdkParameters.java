package io.portico.gateway.control.sdk;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What GetSdk's {@code parameters} say. A property goes by the name that GetSdkType gives it
 * ({@code java.package-name}) or by a plain one ({@code javaPackageName}). AWS: {@code serviceName}
 * and {@code javaPackageName}; source: documented, GetSdk. The other plain names are assumed.
 */
final class SdkParameters {
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "service.name", "serviceName",
          "java.package-name", "javaPackageName",
          "java.build-system", "javaBuildSystem",
          "java.group-id", "groupId",
          "java.artifact-id", "artifactId",
          "java.artifact-version", "artifactVersion",
          "java.license-text", "licenseText",
          "ruby.gem-name", "gemName",
          "ruby.gem-version", "gemVersion");

  private final Map<String, String> given;

  SdkParameters(Map<String, String> given) {
    this.given = given;
  }

  /**
   * @throws ServiceException if a required property is missing
   */
  void require(SdkType type) {
    for (SdkType.Property property : type.properties()) {
      if (property.required() && given(property.name()) == null) {
        // AWS: the text is assumed.
        throw ServiceException.badRequest(
            "Missing required parameter for SDK type " + type.id() + ": " + property.name());
      }
    }
  }

  /** The value as it was sent, or null where it was not or is empty. */
  @Nullable String given(String name) {
    String value = given.get(name);
    if (value == null && OTHER_NAMES.containsKey(name)) {
      value = given.get(OTHER_NAMES.get(name));
    }
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * The value, checked.
   *
   * @param otherwise where it was not sent
   * @throws ServiceException if it does not have the form
   */
  String checked(String name, String otherwise, Pattern form) {
    String value = given(name);
    if (value == null) {
      return otherwise;
    }
    if (!form.matcher(value).matches()) {
      throw invalid(name, value);
    }
    return value;
  }

  /** The refusal of a value. */
  static ServiceException invalid(String name, String value) {
    // AWS: the text is assumed.
    return ServiceException.badRequest("Invalid value for parameter " + name + ": " + value);
  }
}
