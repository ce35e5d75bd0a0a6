package io.portico.gateway.control.v2;

import io.portico.gateway.control.LinkedStages;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.ResourceArn;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.control.rules.VpcLinkUse;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.v2.VpcLinkRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * VPC links of API Gateway v2: ways into a VPC's subnets. Whether there are such subnets and
 * security groups is not known here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html">VPC
 *     links</a>
 */
public final class VpcLinks {
  private static final int ID_LENGTH = 6;
  private static final int LONGEST_NAME = 128;

  private final V2Environment environment;

  VpcLinks(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateVpcLink", this::createVpcLink)
        .add("GetVpcLink", this::getVpcLink)
        .add("GetVpcLinks", this::getVpcLinks)
        .add("UpdateVpcLink", this::updateVpcLink)
        .add("DeleteVpcLink", this::deleteVpcLink);
  }

  // AWS: a new link is PENDING, and what becomes of it is seen later; source: documented, as above,
  // and the example of create-vpc-link of the AWS CLI. Here it is ready with the next look at it.
  public ObjectNode createVpcLink(OperationCall call) {
    Input input = call.input();
    checkName(input.string("name"));
    List<String> subnets = input.stringsOrNull("subnetIds");
    if (subnets == null || subnets.isEmpty()) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("At least one subnet id should be provided");
    }
    environment.quotas().check(Quota.SUBNETS_OF_VPC_LINK, call.caller().scope(), subnets::size);
    List<String> groups = input.stringsOrNull("securityGroupIds");
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    String scope = call.caller().scope();
    return environment
        .records()
        .write(
            records -> {
              VpcLinkRecord link =
                  new VpcLinkRecord(
                      newId(records, scope),
                      input.string("name"),
                      subnets,
                      groups == null ? List.of() : groups,
                      environment.now(),
                      InputMaps.orNull(tags));
              records.put(V2RecordTypes.VPC_LINK, scope, link.vpcLinkId(), link);
              environment
                  .quotas()
                  .check(
                      Quota.VPC_LINKS_V2,
                      scope,
                      () -> records.count(V2RecordTypes.VPC_LINK, scope));
              return reply(link)
                  .put("vpcLinkStatus", "PENDING")
                  .put("vpcLinkStatusMessage", "VPC link is provisioning ENIs");
            });
  }

  /** Integrations name links of either version by the id alone. */
  private String newId(RecordReader records, String scope) {
    String id = environment.ids().next(records, V2RecordTypes.VPC_LINK, scope, ID_LENGTH);
    while (records.find(RecordTypes.VPC_LINK, scope, id).isPresent()) {
      id = environment.ids().next(records, V2RecordTypes.VPC_LINK, scope, ID_LENGTH);
    }
    return id;
  }

  // AWS: the lengths: documented, CreateVpcLink. The texts are assumed, the first is v1's.
  private static void checkName(String name) {
    if (name.isBlank()) {
      throw ServiceException.badRequest("Name cannot be empty");
    }
    if (name.length() > LONGEST_NAME) {
      throw ServiceException.badRequest(
          "Name cannot be longer than %d characters".formatted(LONGEST_NAME));
    }
  }

  // AWS: the text is v1's, VPC-01.
  private static VpcLinkRecord find(RecordReader records, OperationCall call, String id) {
    return records
        .find(V2RecordTypes.VPC_LINK, call.caller().scope(), id)
        .orElseThrow(() -> ServiceException.notFound("Invalid Vpc Link identifier specified"));
  }

  private static VpcLinkRecord find(RecordReader records, OperationCall call) {
    return find(records, call, call.input().string("VpcLinkId"));
  }

  /** The tags of the link that an ARN names, or null where it names none. */
  static @Nullable Tagged tagged(RecordReader records, OperationCall call, ResourceArn arn) {
    String id = arn.only("vpclinks");
    if (id == null) {
      return null;
    }
    VpcLinkRecord link = find(records, call, id);
    return new Tagged(
        link.tags(),
        (writer, tags) ->
            writer.put(V2RecordTypes.VPC_LINK, call.caller().scope(), id, link.withTags(tags)));
  }

  public ObjectNode getVpcLink(OperationCall call) {
    return environment.records().read(records -> reply(find(records, call)));
  }

  public ObjectNode getVpcLinks(OperationCall call) {
    Page page = Page.v2(call.input());
    String scope = call.caller().scope();
    return environment
        .records()
        .read(
            records ->
                page.answer(
                    (after, limit) -> records.list(V2RecordTypes.VPC_LINK, scope, after, limit),
                    VpcLinkRecord::vpcLinkId,
                    VpcLinks::reply));
  }

  public ObjectNode updateVpcLink(OperationCall call) {
    String name = call.input().stringOrNull("name");
    if (name != null) {
      checkName(name);
    }
    return environment
        .records()
        .write(
            records -> {
              VpcLinkRecord before = find(records, call);
              VpcLinkRecord link = name == null ? before : before.withName(name);
              records.put(V2RecordTypes.VPC_LINK, call.caller().scope(), link.vpcLinkId(), link);
              return reply(link);
            });
  }

  // AWS: a link is DELETING for a while; here it is gone at once. That one which a REST API's stage
  // leads to is refused as v1's are is assumed.
  public ObjectNode deleteVpcLink(OperationCall call) {
    String scope = call.caller().scope();
    VpcLinkUse use = new VpcLinkUse(call.input().string("VpcLinkId"));
    // Before the store is locked: deployments take their time.
    environment
        .records()
        .read(
            records -> {
              find(records, call);
              return use.in(records, scope);
            });
    return environment
        .records()
        .write(
            records -> {
              VpcLinkRecord link = find(records, call);
              RouteLinkUse.check(records, scope, link.vpcLinkId());
              use.check(records, scope);
              records.delete(V2RecordTypes.VPC_LINK, scope, link.vpcLinkId());
              LinkedStages.linkDeleted(records, environment.publisher(), scope, link.vpcLinkId());
              return Json.object();
            });
  }

  // AWS: source: documented, the examples of get-vpc-link of the AWS CLI.
  private static ObjectNode reply(VpcLinkRecord link) {
    ObjectNode reply = RecordCodec.tree(link);
    reply.put("createdDate", link.createdDate().getEpochSecond());
    reply.put("vpcLinkStatus", "AVAILABLE");
    reply.put("vpcLinkStatusMessage", "VPC link is ready to route traffic");
    reply.put("vpcLinkVersion", "V2");
    if (link.tags() == null) {
      reply.putObject("tags");
    }
    return reply;
  }
}
