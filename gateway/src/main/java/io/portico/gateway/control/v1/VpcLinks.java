package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.requiredText;
import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.LinkedStages;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.VpcLinkUse;
import io.portico.gateway.model.VpcLinkRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** VPC links: ways to network load balancers. */
public final class VpcLinks {
  static final PatchTable TABLE =
      PatchTable.refusing(new VpcLinkRefusal())
          .row("replace", "/name", "the name", requiredText("name", VpcLinkRules.NO_NAME))
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .build();

  private final V1Environment environment;

  VpcLinks(V1Environment environment) {
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

  // AWS: a new link is PENDING, and what becomes of it is seen later; source: documented,
  // CreateVpcLink. Here it is known at once, and seen with the next look at it.
  public ObjectNode createVpcLink(OperationCall call) {
    Input input = call.input();
    List<String> targets = input.stringsOrNull("targetArns");
    List<String> targetArns = targets == null ? List.of() : targets;
    VpcLinkRules.check(input.string("name"), targetArns);
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment
        .records()
        .write(
            records -> {
              VpcLinkRecord link = create(records, call, targetArns, tags);
              ObjectNode reply = Reply.vpcLink(link);
              reply.remove("statusMessage");
              return reply.put("status", "PENDING");
            });
  }

  private VpcLinkRecord create(
      RecordWriter records,
      OperationCall call,
      List<String> targetArns,
      @Nullable Map<String, String> tags) {
    String scope = call.caller().scope();
    String description = call.input().stringOrNull("description");
    String failure =
        VpcLinkRules.failure(targetArns.getFirst(), records.list(RecordTypes.VPC_LINK, scope));
    VpcLinkRecord link =
        new VpcLinkRecord(
            environment.newId(records, RecordTypes.VPC_LINK, scope),
            call.input().string("name"),
            description == null || description.isEmpty() ? null : description,
            targetArns,
            failure == null ? "AVAILABLE" : "FAILED",
            failure == null ? VpcLinkRules.READY : failure,
            InputMaps.orNull(tags));
    records.put(RecordTypes.VPC_LINK, scope, link.id(), link);
    environment
        .quotas()
        .check(Quota.VPC_LINKS, scope, () -> records.count(RecordTypes.VPC_LINK, scope));
    return link;
  }

  static VpcLinkRecord find(RecordReader records, OperationCall call, String id) {
    // AWS: source: VPC-01.
    return records
        .find(RecordTypes.VPC_LINK, call.caller().scope(), id)
        .orElseThrow(() -> ServiceException.notFound("Invalid Vpc Link identifier specified"));
  }

  private static VpcLinkRecord find(RecordReader records, OperationCall call) {
    return find(records, call, call.input().string("vpcLinkId"));
  }

  public ObjectNode getVpcLink(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.withTags(Reply.vpcLink(find(records, call))));
  }

  public ObjectNode getVpcLinks(OperationCall call) {
    return Lists.ofCaller(
        environment, call, RecordTypes.VPC_LINK, VpcLinkRecord::id, Reply::vpcLink);
  }

  public ObjectNode updateVpcLink(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              VpcLinkRecord link = TABLE.changed(find(records, call), VpcLinkRecord.class, changes);
              records.put(RecordTypes.VPC_LINK, call.caller().scope(), link.id(), link);
              return Reply.withTags(Reply.vpcLink(link));
            });
  }

  // AWS: a link is DELETING for a while; here it is gone at once.
  public ObjectNode deleteVpcLink(OperationCall call) {
    String scope = call.caller().scope();
    VpcLinkUse use = new VpcLinkUse(call.input().string("vpcLinkId"));
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
              use.check(records, scope);
              records.delete(RecordTypes.VPC_LINK, scope, link.id());
              LinkedStages.linkDeleted(records, environment.publisher(), scope, link.id());
              return Reply.empty();
            });
  }
}
