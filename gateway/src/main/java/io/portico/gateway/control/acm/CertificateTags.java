package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.acm.CertificateRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tags of certificates. */
final class CertificateTags {
  // AWS: source: documented, AddTagsToCertificate and TooManyTagsException; the texts are assumed.
  private static final int MOST = 50;

  private final AcmEnvironment environment;

  CertificateTags(AcmEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("AddTagsToCertificate", this::addTagsToCertificate)
        .add("ListTagsForCertificate", this::listTagsForCertificate)
        .add("RemoveTagsFromCertificate", this::removeTagsFromCertificate);
  }

  /** The tags of a call, each key once; one without a value has an empty one. */
  static Map<String, String> sent(Input input) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode tag : input.json().path("Tags")) {
      String key = tag.path("Key").asString("");
      if (key.startsWith("aws:")) {
        throw AcmErrors.invalidTag("Tag keys must not begin with aws: " + key);
      }
      if (tags.put(key, tag.path("Value").asString("")) != null) {
        throw AcmErrors.invalidParameter("The tag key %s is there twice.".formatted(key));
      }
    }
    return tags;
  }

  ObjectNode addTagsToCertificate(OperationCall call) {
    Map<String, String> added = sent(call.input());
    return change(
        call,
        tags -> {
          tags.putAll(added);
          if (tags.size() > MOST) {
            throw AcmErrors.tooManyTags(
                "A certificate can have no more than %d tags.".formatted(MOST));
          }
        });
  }

  // AWS: a tag goes whatever its value where the call gives none; source: documented,
  // RemoveTagsFromCertificate.
  ObjectNode removeTagsFromCertificate(OperationCall call) {
    JsonNode removed = call.input().json().path("Tags");
    return change(
        call,
        tags -> {
          for (JsonNode tag : removed) {
            String key = tag.path("Key").asString("");
            if (tag.hasNonNull("Value")) {
              tags.remove(key, tag.get("Value").asString());
            } else {
              tags.remove(key);
            }
          }
        });
  }

  /** What happens to the tags of a certificate. */
  private interface Change {
    void make(Map<String, String> tags);
  }

  private ObjectNode change(OperationCall call, Change change) {
    return environment
        .records()
        .write(
            records -> {
              CertificateRecord record = AcmRecords.find(records, call);
              Map<String, String> tags = new LinkedHashMap<>(record.tags());
              change.make(tags);
              AcmRecords.put(records, call.caller(), record.withTags(tags));
              return Json.object();
            });
  }

  ObjectNode listTagsForCertificate(OperationCall call) {
    CertificateRecord record =
        environment.records().read(records -> AcmRecords.find(records, call));
    ObjectNode reply = Json.object();
    ArrayNode tags = reply.putArray("Tags");
    record.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    return reply;
  }
}
