package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.VpcLinkRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tags of whatever has an ARN and can be tagged. */
public final class Tags {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:([a-z0-9-]+)::"
              + "/(restapis|apikeys|usageplans|vpclinks|clientcertificates)/([^/]+)(?:/stages/([^/]+))?");

  private final V1Environment environment;

  Tags(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("TagResource", this::tagResource)
        .add("UntagResource", this::untagResource)
        .add("GetTags", this::getTags);
  }

  public ObjectNode tagResource(OperationCall call) {
    Map<String, String> added = call.input().stringMapOrNull("tags");
    return environment
        .records()
        .write(
            records -> {
              Tagged tagged = find(records, call);
              if (added != null) {
                tagged.put(records, TagRules.with(added, tagged.tags(), call, environment));
              }
              return Reply.empty();
            });
  }

  public ObjectNode untagResource(OperationCall call) {
    List<String> removed = call.input().stringsOrNull("tagKeys");
    return environment
        .records()
        .write(
            records -> {
              Tagged tagged = find(records, call);
              Map<String, String> tags = tagged.tags();
              if (removed != null) {
                tags.keySet().removeAll(removed);
              }
              tagged.put(records, tags);
              return Reply.empty();
            });
  }

  public ObjectNode getTags(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              ObjectNode reply = Json.object();
              ObjectNode tags = reply.putObject("tags");
              find(records, call).tags().forEach(tags::put);
              return reply;
            });
  }

  private static Tagged find(RecordReader records, OperationCall call) {
    String resourceArn = call.input().string("resourceArn");
    Tagged domain = Tagged.ofDomain(records, call, resourceArn);
    if (domain != null) {
      return domain;
    }
    Matcher arn = ARN.matcher(resourceArn);
    if (!arn.matches()
        || !arn.group(1).equals(call.caller().region())
        || (arn.group(4) != null && !arn.group(2).equals("restapis"))) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("Invalid resource ARN specified in the request");
    }
    String scope = call.caller().scope();
    String id = arn.group(3);
    return switch (arn.group(2)) {
      case "apikeys" -> {
        ApiKeyRecord key = ApiKeys.find(records, call, id);
        yield new Tagged(
            key.tags(),
            (writer, tags) -> writer.put(RecordTypes.API_KEY, scope, id, key.withTags(tags)));
      }
      case "usageplans" -> {
        UsagePlanRecord plan = UsagePlans.find(records, call, id);
        yield new Tagged(
            plan.tags(),
            (writer, tags) -> writer.put(RecordTypes.USAGE_PLAN, scope, id, plan.withTags(tags)));
      }
      case "vpclinks" -> {
        VpcLinkRecord link = VpcLinks.find(records, call, id);
        yield new Tagged(
            link.tags(),
            (writer, tags) -> writer.put(RecordTypes.VPC_LINK, scope, id, link.withTags(tags)));
      }
      case "clientcertificates" -> {
        ClientCertificateRecord certificate = ClientCertificates.find(records, call, id);
        yield new Tagged(
            certificate.tags(),
            (writer, tags) ->
                writer.put(RecordTypes.CLIENT_CERTIFICATE, scope, id, certificate.withTags(tags)));
      }
      default -> ofApi(records, call, id, arn.group(4));
    };
  }

  private static Tagged ofApi(
      RecordReader records, OperationCall call, String apiId, @Nullable String stageName) {
    RestApiRecord api =
        records
            .find(RecordTypes.REST_API, call.caller().scope(), apiId)
            .orElseThrow(() -> UnknownApi.named(call.caller(), apiId));
    if (stageName == null) {
      return new Tagged(
          api.tags(), (writer, tags) -> ApiContents.putApi(writer, api.withTags(tags)));
    }
    StageRecord stage =
        records
            .find(RecordTypes.STAGE, apiId, stageName)
            .orElseThrow(() -> ServiceException.notFound("Invalid stage identifier specified"));
    return new Tagged(
        stage.tags(),
        (writer, tags) -> writer.put(RecordTypes.STAGE, apiId, stageName, stage.withTags(tags)));
  }
}
