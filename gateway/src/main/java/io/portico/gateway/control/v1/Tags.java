package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainNameArn;
import io.portico.gateway.control.domains.TaggedDomainName;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.TagOperations;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.DomainNameAccessAssociationRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.VpcLinkRecord;
import io.portico.gateway.store.RecordReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of API Gateway v1 has an ARN and can be tagged. */
final class Tags {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:([a-z0-9-]+)::"
              + "/(restapis|apikeys|usageplans|vpclinks|clientcertificates)/([^/]+)(?:/stages/([^/]+))?");

  private Tags() {}

  static TagOperations operations(V1Environment environment) {
    return new TagOperations(
        environment.records(),
        environment.quotas(),
        new TagOperations.Members("resourceArn", "tagKeys"),
        Tags::find);
  }

  private static Tagged find(RecordReader records, OperationCall call, String resourceArn) {
    Tagged domain = TaggedDomainName.find(records, call, resourceArn);
    if (domain != null) {
      return domain;
    }
    DomainNameArn association = DomainNameArn.ofAssociation(resourceArn);
    if (association != null && association.isOf(call.caller())) {
      return ofAssociation(records, call, association);
    }
    Matcher arn = ARN.matcher(resourceArn);
    if (!arn.matches()
        || !arn.group(1).equals(call.caller().region())
        || (arn.group(4) != null && !arn.group(2).equals("restapis"))) {
      throw TagOperations.invalidArn();
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

  private static Tagged ofAssociation(RecordReader records, OperationCall call, DomainNameArn arn) {
    DomainNameAccessAssociationRecord association =
        records
            .find(RecordTypes.ACCESS_ASSOCIATION, call.caller().scope(), arn.key())
            .orElseThrow(AccessAssociations::unknown);
    return new Tagged(
        association.tags(),
        (writer, tags) -> AccessAssociations.put(writer, association.withTags(tags)));
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
