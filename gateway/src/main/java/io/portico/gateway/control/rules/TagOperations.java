package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.Records;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Tags of whatever has an ARN and can be tagged: what both of API Gateway's APIs do with them. */
public final class TagOperations {
  private final Records records;
  private final ApiQuotas quotas;
  private final Members members;
  private final Finder finder;

  /**
   * What an API calls the members of its inputs.
   *
   * @param arn that of what is tagged
   * @param keys those of the tags that are removed
   */
  public record Members(String arn, String keys) {}

  /** Finds what an ARN names. */
  @FunctionalInterface
  public interface Finder {
    /**
     * What it names.
     *
     * @throws ServiceException in AWS's words if there is no such thing
     */
    Tagged find(RecordReader records, OperationCall call, String arn);
  }

  public TagOperations(Records records, Quotas quotas, Members members, Finder finder) {
    this.records = records;
    this.quotas = new ApiQuotas(quotas);
    this.members = members;
    this.finder = finder;
  }

  public void register(Operations.Builder operations) {
    operations
        .add("TagResource", this::tagResource)
        .add("UntagResource", this::untagResource)
        .add("GetTags", this::getTags);
  }

  /** The refusal of an ARN that names nothing of the caller's which has tags. */
  // AWS: the text is assumed.
  public static ServiceException invalidArn() {
    return ServiceException.badRequest("Invalid resource ARN specified in the request");
  }

  private Tagged find(RecordReader reader, OperationCall call) {
    return finder.find(reader, call, call.input().string(members.arn()));
  }

  public ObjectNode tagResource(OperationCall call) {
    Map<String, String> added = call.input().stringMapOrNull("tags");
    return records.write(
        writer -> {
          Tagged tagged = find(writer, call);
          if (added != null) {
            tagged.put(writer, TagRules.with(added, tagged.tags(), call, quotas));
          }
          return Json.object();
        });
  }

  public ObjectNode untagResource(OperationCall call) {
    List<String> removed = call.input().stringsOrNull(members.keys());
    return records.write(
        writer -> {
          Tagged tagged = find(writer, call);
          Map<String, String> tags = tagged.tags();
          if (removed != null) {
            tags.keySet().removeAll(removed);
          }
          tagged.put(writer, tags);
          return Json.object();
        });
  }

  public ObjectNode getTags(OperationCall call) {
    return records.read(
        reader -> {
          ObjectNode reply = Json.object();
          ObjectNode tags = reply.putObject("tags");
          find(reader, call).tags().forEach(tags::put);
          return reply;
        });
  }
}
