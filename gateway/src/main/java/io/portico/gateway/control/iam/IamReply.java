package io.portico.gateway.control.iam;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.PolicyVersionRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.UserRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Records as IAM replies them. */
final class IamReply {
  private IamReply() {}

  static String arn(String account, RoleRecord role) {
    return "arn:aws:iam::" + account + ":role" + role.path() + role.name();
  }

  static String arn(String account, UserRecord user) {
    return "arn:aws:iam::" + account + ":user" + user.path() + user.name();
  }

  static String arn(String account, ManagedPolicyRecord policy) {
    return "arn:aws:iam::" + account + ":policy" + policy.path() + policy.name();
  }

  /** As ListRoles replies it. AWS: without tags and boundary; source: documented, ListRoles. */
  static ObjectNode listedRole(String account, RoleRecord role) {
    ObjectNode reply = Json.object();
    reply
        .put("Path", role.path())
        .put("RoleName", role.name())
        .put("RoleId", role.id())
        .put("Arn", arn(account, role))
        .put("CreateDate", role.createDate().getEpochSecond())
        .put("AssumeRolePolicyDocument", encoded(role.settings().assumeRolePolicyDocument()))
        .put("MaxSessionDuration", role.settings().maxSessionDuration());
    putUnlessNull(reply, "Description", role.settings().description());
    return reply;
  }

  static ObjectNode role(String account, RoleRecord role) {
    ObjectNode reply = listedRole(account, role);
    putBoundary(reply, role.settings().permissionsBoundary());
    if (!role.tags().isEmpty()) {
      reply.set("Tags", tags(role.tags()));
    }
    return reply;
  }

  /** As ListUsers replies it. AWS: without tags and boundary; source: documented, ListUsers. */
  static ObjectNode listedUser(String account, UserRecord user) {
    return Json.object()
        .put("Path", user.path())
        .put("UserName", user.name())
        .put("UserId", user.id())
        .put("Arn", arn(account, user))
        .put("CreateDate", user.createDate().getEpochSecond());
  }

  static ObjectNode user(String account, UserRecord user) {
    ObjectNode reply = listedUser(account, user);
    putBoundary(reply, user.permissionsBoundary());
    if (!user.tags().isEmpty()) {
      reply.set("Tags", tags(user.tags()));
    }
    return reply;
  }

  private static void putBoundary(ObjectNode reply, @Nullable String boundary) {
    if (boundary != null) {
      reply
          .putObject("PermissionsBoundary")
          .put("PermissionsBoundaryType", "Policy")
          .put("PermissionsBoundaryArn", boundary);
    }
  }

  /** As ListPolicies replies it. AWS: without tags; source: documented, ListPolicies. */
  static ObjectNode listedPolicy(String account, ManagedPolicyRecord policy, PolicyUse use) {
    String arn = arn(account, policy);
    ObjectNode reply = Json.object().put("PolicyName", policy.name());
    putUnlessNull(reply, "PolicyId", policy.id().isEmpty() ? null : policy.id());
    return reply
        .put("Arn", arn)
        .put("Path", policy.path())
        .put("DefaultVersionId", policy.versions().defaultVersionId())
        .put("AttachmentCount", use.attachments(arn))
        .put("PermissionsBoundaryUsageCount", use.boundaries(arn))
        .put("IsAttachable", true)
        .put("CreateDate", policy.createDate().getEpochSecond())
        .put("UpdateDate", policy.updateDate().getEpochSecond());
  }

  static ObjectNode policy(String account, ManagedPolicyRecord policy, PolicyUse use) {
    ObjectNode reply = listedPolicy(account, policy, use);
    putUnlessNull(reply, "Description", policy.description());
    if (!policy.tags().isEmpty()) {
      reply.set("Tags", tags(policy.tags()));
    }
    return reply;
  }

  /** What is known of one of AWS's own policies that is not: no id, no dates and no version. */
  static ObjectNode policyOfAws(PolicyArn arn, PolicyUse use) {
    return Json.object()
        .put("PolicyName", arn.name())
        .put("Arn", arn.text())
        .put("Path", arn.path())
        .put("AttachmentCount", use.attachments(arn.text()))
        .put("PermissionsBoundaryUsageCount", use.boundaries(arn.text()))
        .put("IsAttachable", true);
  }

  /** As a list replies it. AWS: without its document; source: documented, ListPolicyVersions. */
  static ObjectNode listedVersion(ManagedPolicyRecord policy, PolicyVersionRecord version) {
    return Json.object()
        .put("VersionId", version.versionId())
        .put("IsDefaultVersion", version.versionId().equals(policy.versions().defaultVersionId()))
        .put("CreateDate", version.createDate().getEpochSecond());
  }

  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode reply = Json.array();
    tags.forEach((key, value) -> reply.addObject().put("Key", key).put("Value", value));
    return reply;
  }

  /** A policy document, percent-encoded by RFC 3986, as AWS replies each. */
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static void putUnlessNull(ObjectNode reply, String member, @Nullable String value) {
    if (value != null) {
      reply.put(member, value);
    }
  }
}
