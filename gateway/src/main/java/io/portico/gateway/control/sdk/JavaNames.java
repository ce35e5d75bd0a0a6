package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.Words;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** What Java takes as names. */
final class JavaNames {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /** Types that generated code names without their package. */
  static final List<String> TYPES_IN_USE =
      List.of(
          "ApiAnswer",
          "ApiCall",
          "ApiCaller",
          "AwsCredentials",
          "AwsCredentialsProvider",
          "Boolean",
          "Double",
          "Exception",
          "Json",
          "JsonObject",
          "LinkedHashMap",
          "List",
          "Long",
          "Map",
          "Object",
          "Override",
          "RuntimeException",
          "SdkRequestConfig",
          "SdkResponseMetadata",
          "String",
          "TimeoutConfiguration");

  private static final Set<String> METHODS_IN_USE =
      Set.of(
          "clone",
          "equals",
          "finalize",
          "fromJson",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toJson",
          "toString",
          "wait");

  /** What generated code names of the JDK, and its own packages: no service may have them. */
  private static final Set<String> NOT_OF_SERVICES =
      Set.of(
          "AutoCloseable",
          "HttpClient",
          "HttpTimeoutException",
          "IOException",
          "IllegalStateException",
          "InterruptedException",
          "RuntimeException",
          "UncheckedIOException",
          "auth",
          "config",
          "internal",
          "model");

  /** Identifiers that are no names of types. */
  private static final Set<String> NOT_OF_TYPES =
      Set.of("permits", "record", "sealed", "var", "yield");

  private JavaNames() {}

  /** Whether an interface may be called so, and what is named after it. */
  static boolean isService(String name) {
    return isIdentifier(name)
        && !NOT_OF_TYPES.contains(name)
        && Stream.of(name, name + "Client", name + "Exception")
            .noneMatch(each -> TYPES_IN_USE.contains(each) || NOT_OF_SERVICES.contains(each));
  }

  static boolean isIdentifier(String name) {
    return IDENTIFIER.matcher(name).matches() && !SourceVersion.isKeyword(name);
  }

  static boolean isPackage(String name) {
    return name.length() <= 200
        && List.of(name.split("\\.", -1)).stream().allMatch(JavaNames::isIdentifier);
  }

  /**
   * A name's identifier: {@code X-Request-Id} → {@code xRequestId}, {@code class} → {@code class_}.
   */
  static String member(String name) {
    String identifier = isIdentifier(name) && !name.equals("_") ? name : Words.camel(name);
    // Every object has a getter of its class.
    return SourceVersion.isKeyword(identifier) || identifier.equals("Class")
        ? identifier + "_"
        : identifier;
  }

  /** A method's identifier, which must not be one that generated classes have otherwise. */
  static String method(String name) {
    return SourceVersion.isKeyword(name) || METHODS_IN_USE.contains(name) ? name + "_" : name;
  }

  /** {@code petId} → {@code PetId}. */
  static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
