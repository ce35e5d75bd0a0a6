package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.store.RecordCodec;
import tools.jackson.databind.node.ObjectNode;

/** API keys and usage plans as AWS replies them. */
final class UsageReply {
  private UsageReply() {}

  // AWS: source: KEY-01.
  static ObjectNode apiKey(ApiKeyRecord key, boolean withValue) {
    ObjectNode reply = RecordCodec.tree(key);
    Reply.date(reply, "createdDate", key.createdDate());
    Reply.date(reply, "lastUpdatedDate", key.lastUpdatedDate());
    if (!withValue) {
      reply.remove("value");
    }
    return reply;
  }

  // AWS: source: GEN-27, KEY-02; that GetApiKey does so, too, is assumed.
  static ObjectNode apiKeyWithTags(ApiKeyRecord key, boolean withValue) {
    return Reply.withTags(apiKey(key, withValue));
  }

  // AWS: source: KEY-08.
  static ObjectNode usagePlan(UsagePlanRecord plan) {
    return RecordCodec.tree(plan);
  }

  // AWS: source: GEN-27.
  static ObjectNode usagePlanWithTags(UsagePlanRecord plan) {
    return Reply.withTags(usagePlan(plan));
  }

  // AWS: source: KEY-07.
  static ObjectNode usagePlanKey(ApiKeyRecord key, boolean withValue) {
    ObjectNode reply = Json.object();
    reply.put("id", key.id());
    reply.put("type", "API_KEY");
    if (withValue) {
      reply.put("value", key.value());
    }
    if (key.name() != null) {
      reply.put("name", key.name());
    }
    return reply;
  }
}
