package io.portico.conformance.services;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies and names of what scenarios make. */
final class Documents {
  static final String LOGGING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"logs:*\"],"
          + "\"Resource\":\"*\"}]}";
  static final String READING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
          + "[\"logs:Get*\"],\"Resource\":\"*\"}]}";
  static final String OF_AWS = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  private Documents() {}

  /** Who may assume a role: a service. */
  static String trust(String service) {
    return """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", \
        "Principal": {"Service": "%s"}, "Action": "sts:AssumeRole"}]}"""
        .formatted(service);
  }

  /**
   * Some clients read documents of IAM, others leave them in the URL encoding that they come in.
   */
  static JsonNode read(JsonNode member) {
    return member.isObject()
        ? member
        : JsonMapper.shared()
            .readTree(URLDecoder.decode(member.asString(), StandardCharsets.UTF_8));
  }

  static JsonNode json(String document) {
    return JsonMapper.shared().readTree(document);
  }

  /** A name that no other test has. */
  static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The texts that {@code member} has in a list's elements. */
  static Stream<String> each(JsonNode list, String member) {
    return list.valueStream().map(element -> element.path(member).asString());
  }
}
