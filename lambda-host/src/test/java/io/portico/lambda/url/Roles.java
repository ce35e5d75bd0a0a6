package io.portico.lambda.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Roles of a host's account, made and assumed by IAM's and STS's own calls. */
record Roles(RunningHost host) {
  private static final String ACCOUNT = "000000000000";

  /** Calls IAM or STS, which ask for no signature; the answer's XML. */
  String form(String version, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("Version", version);
    String form =
        all.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    Reply reply =
        host.call(
            "POST",
            "/",
            form.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  static String element(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    assertThat(matcher.find()).as(xml).isTrue();
    return matcher.group(1);
  }

  /** A role with a policy; its ARN. */
  String role(String name, String effect, String actions) {
    String made =
        form(
            "2010-05-08",
            Map.of(
                "Action",
                "CreateRole",
                "RoleName",
                name,
                "AssumeRolePolicyDocument",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
                    + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}"));
    put(name, effect, actions);
    return element(made, "Arn");
  }

  void put(String role, String effect, String actions) {
    form(
        "2010-05-08",
        Map.of(
            "Action",
            "PutRolePolicy",
            "RoleName",
            role,
            "PolicyName",
            effect,
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"%s\",\"Action\":%s,"
                    .formatted(effect, actions)
                + "\"Resource\":\"arn:aws:lambda:*:%s:function:f\"}}".formatted(ACCOUNT)));
  }

  AwsSessionCredentialsIdentity assume(String role) {
    return credentials(
        form(
            "2011-06-15",
            Map.of(
                "Action",
                "AssumeRole",
                "RoleArn",
                "arn:aws:iam::" + ACCOUNT + ":role/" + role,
                "RoleSessionName",
                "me")));
  }

  static AwsSessionCredentialsIdentity credentials(String xml) {
    return AwsSessionCredentialsIdentity.create(
        element(xml, "AccessKeyId"), element(xml, "SecretAccessKey"), element(xml, "SessionToken"));
  }
}
