package io.portico.gateway.control.sdk;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type of SDK, with what can be configured of it.
 *
 * <p>AWS: ids and required parameters; source: documented, GetSdk. Names and descriptions are those
 * that AWS's own developer portal shows; that the console's examples are default values of nothing
 * is assumed.
 */
public final class SdkType {
  private static final List<SdkType> ALL =
      List.of(
          new SdkType(
              "android",
              "Android",
              null,
              new AndroidSdk(),
              Property.required("groupId", "Group ID", null),
              Property.required("invokerPackage", "Invoker package", null),
              Property.required("artifactId", "Artifact ID", null),
              Property.required("artifactVersion", "Artifact version", null)),
          new SdkType(
              "java",
              "Java",
              "Java SDK generator for API Gateway APIs",
              new JavaSdk(),
              Property.required(
                  "service.name",
                  "Service Name",
                  "Name of the service which is used to derive the Java interface name for your client"),
              Property.required(
                  "java.package-name",
                  "Java Package Name",
                  "Name of the Java package your code will be generated under"),
              Property.optional(
                  "java.build-system",
                  "Java Build System",
                  "Build system to setup for project; Currently supported: maven, gradle",
                  "maven"),
              Property.optional(
                  "java.group-id",
                  "Java Group Id",
                  "Group id for your Maven or Gradle project. Defaults to package name",
                  null),
              Property.optional(
                  "java.artifact-id",
                  "Java Artifact Id",
                  "Artifact Id for your Maven project or project name for your Gradle project. Defaults to"
                      + " service name",
                  null),
              Property.optional(
                  "java.artifact-version",
                  "Java Artifact Version",
                  "Version of your Maven or Gradle project. Defaults to 1.0-SNAPSHOT",
                  "1.0-SNAPSHOT"),
              Property.optional(
                  "java.license-text",
                  "Source Code License Text",
                  "Customer provided license to inject into source file headers",
                  null)),
          new SdkType("javascript", "JavaScript", null, new JavaScriptSdk()),
          new SdkType(
              "objectivec",
              "iOS (Objective-C)",
              null,
              new ObjectiveCSdk(),
              Property.required("classPrefix", "Prefix", null)),
          new SdkType(
              "ruby",
              "Ruby",
              "Ruby SDK generator for API Gateway APIs",
              new RubySdk(),
              Property.required(
                  "service.name",
                  "Service Name",
                  "Name of the service which is used to derive the name for your client"),
              Property.optional(
                  "ruby.gem-name",
                  "Ruby Gem Name",
                  "Name of the Ruby gem your code will be generated under",
                  null),
              Property.optional(
                  "ruby.gem-version",
                  "Ruby Gem Version",
                  "Version number for your service gem. Defaults to 1.0.0",
                  "1.0.0")),
          new SdkType(
              "swift",
              "iOS (Swift)",
              null,
              new SwiftSdk(),
              Property.required("classPrefix", "Prefix", null)));

  private final String id;
  private final String friendlyName;
  private final @Nullable String description;
  private final SdkGenerator generator;
  private final List<Property> properties;

  private SdkType(
      String id,
      String friendlyName,
      @Nullable String description,
      SdkGenerator generator,
      Property... properties) {
    this.id = id;
    this.friendlyName = friendlyName;
    this.description = description;
    this.generator = generator;
    this.properties = List.of(properties);
  }

  /** What can be configured: a key of GetSdk's {@code parameters}. */
  public record Property(
      String name,
      String friendlyName,
      @Nullable String description,
      boolean required,
      @Nullable String defaultValue) {

    private static Property required(
        String name, String friendlyName, @Nullable String description) {
      return new Property(name, friendlyName, description, true, null);
    }

    private static Property optional(
        String name, String friendlyName, String description, @Nullable String defaultValue) {
      return new Property(name, friendlyName, description, false, defaultValue);
    }
  }

  /** All types, ordered by id. */
  public static List<SdkType> all() {
    return ALL;
  }

  public static Optional<SdkType> of(String id) {
    return ALL.stream().filter(type -> type.id.equals(id)).findFirst();
  }

  public String id() {
    return id;
  }

  public String friendlyName() {
    return friendlyName;
  }

  public @Nullable String description() {
    return description;
  }

  public List<Property> properties() {
    return properties;
  }

  /** Who writes it. */
  SdkGenerator generator() {
    return generator;
  }
}
