package io.portico.conformance.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Members that are bytes in AWS's models: clients want them in forms of their own. */
final class Blobs {
  private static final List<String> BODY = List.of("body");
  private static final Map<String, List<String>> GIVEN =
      Map.of(
          "ImportApiKeys", BODY,
          "ImportDocumentationParts", BODY,
          "ImportRestApi", BODY,
          "PutRestApi", BODY,
          "PostToConnection", List.of("Data"),
          "ImportCertificate", List.of("Certificate", "PrivateKey", "CertificateChain"));

  /** Operations whose result is bytes. */
  private static final Set<String> RETURNED = Set.of("ExportApi", "GetExport", "GetSdk");

  private static final Set<String> ARCHIVES = Set.of("GetSdk");

  private Blobs() {}

  /** The members of an operation's input that are bytes. */
  static List<String> givenTo(String operation) {
    return GIVEN.getOrDefault(operation, List.of());
  }

  /** Whether the result has bytes, which the CLI writes to a file. */
  static boolean returnedBy(String operation) {
    return RETURNED.contains(operation);
  }

  static boolean isArchive(String operation) {
    return ARCHIVES.contains(operation);
  }

  /** Bytes of a result, as scenarios read them. */
  static String text(String operation, byte[] bytes) {
    return isArchive(operation)
        ? Base64.getEncoder().encodeToString(bytes)
        : new String(bytes, StandardCharsets.UTF_8);
  }
}
