package io.portico.gateway.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.policy.Policy.Effect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyTest {
  private static final String ACTION = "lambda:InvokeFunction";
  private static final String RESOURCE = "arn:aws:lambda:us-east-1:111122223333:function:f";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/r/me";
  private static final String ROLE = "arn:aws:iam::111122223333:role/team/r";
  private static final Requester.Signed SIGNED =
      new Requester.Signed("111122223333", false, Set.of(SESSION, ROLE));

  private static final RequestContext CONTEXT =
      RequestContext.builder()
          .put("aws:SourceIp", "203.0.113.77")
          .put("aws:SecureTransport", "false")
          .put("aws:PrincipalArn", ROLE)
          .put("aws:UserAgent", "curl/8")
          .put("aws:PrincipalOrgID", null)
          .build();

  private static Effect ofIdentity(String effect, String elements) {
    return Policy.ofIdentity(
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"%s\", %s}]}"
                .formatted(effect, elements.replace('\'', '"')))
        .evaluate(new AccessRequest(SIGNED, ACTION, RESOURCE, CONTEXT));
  }

  private static Effect ofResource(String effect, String principal, Requester requester) {
    return Policy.ofResource(
            "{\"Statement\": {\"Effect\": \"%s\", \"Principal\": %s, \"Action\": \"*\","
                    .formatted(effect, principal.replace('\'', '"'))
                + " \"Resource\": \"*\"}}")
        .evaluate(new AccessRequest(requester, ACTION, RESOURCE, CONTEXT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Action': '*', 'Resource': '*' | true",
        "'Action': 'lambda:*', 'Resource': '*' | true",
        "'Action': 'LAMBDA:invoke*', 'Resource': '*' | true",
        "'Action': 'lambda:InvokeFunctio?', 'Resource': '*' | true",
        "'Action': ['s3:*', 'lambda:InvokeFunction'], 'Resource': ['x', '*'] | true",
        "'Action': 'lambda:InvokeFunctionUrl', 'Resource': '*' | false",
        "'NotAction': 's3:*', 'Resource': '*' | true",
        "'NotAction': 'lambda:*', 'Resource': '*' | false",
        "'Action': '*', 'Resource': 'arn:aws:lambda:us-east-1:111122223333:function:f' | true",
        "'Action': '*', 'Resource': 'arn:aws:lambda:*:*:function:*' | true",
        "'Action': '*', 'Resource': 'arn:aws:lambda:us-east-1:111122223333:function:f:*' | false",
        "'Action': '*', 'Resource': 'arn:aws:lambda:us-east-1:111122223333:function:F' | false",
        "'Action': '*', 'Resource': 'arn:aws:lambda:*' | true",
        "'Action': '*', 'Resource': 'arn:aws:lambda' | true",
        "'Action': '*', 'Resource': 'arn:aws:s3:*' | false",
        "'Action': '*', 'Resource': 'arn:aws:lambda:us-east-1:999988887777' | false",
        "'Action': '*', 'NotResource': 'arn:aws:lambda' | false",
        "'Action': '*', 'NotResource': 'arn:aws:lambda:*:*:function:g' | true",
        "'Action': '*', 'NotResource': 'arn:aws:lambda:*:*:function:f' | false"
      })
  void aStatementCoversWhatItNames(String elements, boolean covers) {
    assertThat(ofIdentity("Allow", elements)).isEqualTo(covers ? Effect.ALLOW : Effect.NONE);
    assertThat(ofIdentity("Deny", elements)).isEqualTo(covers ? Effect.DENY : Effect.NONE);
  }

  /** What is not clear closes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Action': '*'",
        "'Resource': '*'",
        "'Action': '*', 'NotAction': 's3:*', 'Resource': '*'",
        "'Action': [], 'Resource': '*'",
        "'Action': [1], 'Resource': '*'",
        "'Action': '*', 'Resource': 'arn:aws:s3:::${aws:username}'",
        "'Action': '*', 'Resource': '*', 'Principal': '*'",
        "'Action': '*', 'Resource': '*', 'New': '*'",
        "'Action': '*', 'Resource': '*', 'Condition': 'x'",
        "'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': 'x'}",
        "'Action': '*', 'Resource': '*', 'Condition': {'StringNew': {'aws:UserAgent': 'curl/8'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'ForAnyValue:Null': {'aws:UserAgent': 'true'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'ForSomeValues:StringEquals': {'aws:UserAgent': 'curl/8'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'NumericLessThan': {'aws:UserAgent': '8'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:New': 'x'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'StringNotEquals': {'aws:New': 'x'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'Null': {'aws:New': 'true'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:UserAgent': '${aws:UserAgent}'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:UserAgent': {'x': 1}}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.113.0/33'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.113/24'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203/8'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.0113.0/24'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '0xcb.0.113.0/24'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.113.256/24'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.113.0/-1'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': ''}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '::ffff:203.0.113.0/24'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': 'fe80::1%1'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '[2001:db8::]/32'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'NotIpAddress': {'aws:SourceIp': '203.0.113/24'}}",
        "'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': ['203.0.113.0/24', '192.0.2/24']}}"
      })
  void whatIsNotUnderstoodAllowsNothingAndDenies(String elements) {
    assertThat(ofIdentity("Allow", elements)).isEqualTo(Effect.NONE);
    assertThat(ofIdentity("Deny", elements)).isEqualTo(Effect.DENY);
    assertThat(ofIdentity("Permit", elements)).isEqualTo(Effect.DENY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"Statement\": 1}", "{\"Statement\": [null]}"})
  void aDocumentThatCannotBeReadDenies(String document) {
    assertThat(
            Policy.ofIdentity(document)
                .evaluate(new AccessRequest(SIGNED, ACTION, RESOURCE, CONTEXT)))
        .isEqualTo(Effect.DENY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'StringEquals': {'aws:useragent': 'curl/8'}} | true",
        "{'StringEquals': {'aws:UserAgent': ['x', 'curl/8']}} | true",
        "{'StringEquals': {'aws:UserAgent': 'Curl/8'}} | false",
        "{'StringEqualsIgnoreCase': {'aws:UserAgent': 'Curl/8'}} | true",
        "{'StringNotEqualsIgnoreCase': {'aws:UserAgent': 'Curl/8'}} | false",
        "{'StringNotEquals': {'aws:UserAgent': ['x', 'curl/8']}} | false",
        "{'StringNotEquals': {'aws:UserAgent': 'x'}} | true",
        "{'StringLike': {'aws:UserAgent': 'curl/?'}} | true",
        "{'StringNotLike': {'aws:UserAgent': 'curl/*'}} | false",
        "{'ArnLike': {'aws:PrincipalArn': 'arn:aws:iam::*:role/team/*'}} | true",
        "{'ArnEquals': {'aws:PrincipalArn': 'arn:aws:iam::*:role/other/*'}} | false",
        "{'ArnNotLike': {'aws:PrincipalArn': 'arn:aws:iam::*:role/other/*'}} | true",
        "{'Bool': {'aws:SecureTransport': false}} | true",
        "{'Bool': {'aws:SecureTransport': 'true'}} | false",
        "{'IpAddress': {'aws:SourceIp': '203.0.113.0/24'}} | true",
        "{'IpAddress': {'aws:SourceIp': '203.0.113.77'}} | true",
        "{'IpAddress': {'aws:SourceIp': ['203.0.113.0/26', '2001:db8::/32']}} | false",
        "{'NotIpAddress': {'aws:SourceIp': '203.0.113.0/26'}} | true",
        "{'NotIpAddress': {'aws:SourceIp': ['0.0.0.0/32', '2001:DB8:1234:5678::/64']}} | true",
        "{'IpAddress': {'aws:SourceIp': '0.0.0.0/0'}} | true",
        "{'IpAddress': {'aws:SourceIp': '::/0'}} | false",
        "{'StringEquals': {'aws:PrincipalOrgID': 'o-1'}} | false",
        "{'StringNotEquals': {'aws:PrincipalOrgID': 'o-1'}} | true",
        "{'StringEqualsIfExists': {'aws:PrincipalOrgID': 'o-1'}} | true",
        "{'Null': {'aws:PrincipalOrgID': 'true'}} | true",
        "{'Null': {'aws:UserAgent': 'true'}} | false",
        "{'ForAnyValue:StringEquals': {'aws:UserAgent': ['x', 'curl/8']}} | true",
        "{'ForAllValues:StringNotEquals': {'aws:UserAgent': ['x', 'curl/8']}} | false",
        "{'ForAnyValue:StringNotEquals': {'aws:PrincipalOrgID': 'o-1'}} | false",
        "{'ForAnyValue:StringEqualsIfExists': {'aws:PrincipalOrgID': 'o-1'}} | true",
        "{'ForAllValues:StringEquals': {'aws:PrincipalOrgID': 'o-1'}} | true",
        "{'StringEquals': {'aws:UserAgent': 'curl/8'}, 'Bool': {'aws:SecureTransport': 'true'}} | false"
      })
  void aConditionHoldsAsItsOperatorSays(String condition, boolean holds) {
    String elements = "'Action': '*', 'Resource': '*', 'Condition': " + condition;

    assertThat(ofIdentity("Allow", elements)).isEqualTo(holds ? Effect.ALLOW : Effect.NONE);
    assertThat(ofIdentity("Deny", elements)).isEqualTo(holds ? Effect.DENY : Effect.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'*' | ALLOW",
        "{'AWS': '*'} | ALLOW",
        "{'AWS': '" + SESSION + "'} | ALLOW",
        "{'AWS': ['arn:aws:iam::111122223333:role/x', '" + ROLE + "']} | ALLOW",
        "{'AWS': '111122223333'} | DELEGATE",
        "{'AWS': 'arn:aws:iam::111122223333:root'} | DELEGATE",
        "{'AWS': '444455556666'} | NONE",
        "{'AWS': 'arn:aws:iam::111122223333:role/r'} | NONE",
        "{'Service': 'sns.amazonaws.com'} | NONE",
        "{'Federated': 'x'} | NONE",
        "{} | NONE",
        "'111122223333' | NONE"
      })
  void aResourceSaysWhomItMeans(String principal, Effect effect) {
    assertThat(ofResource("Allow", principal, SIGNED)).isEqualTo(effect);
  }

  @Test
  void othersAreMeantOtherwise() {
    Requester sns = new Requester.Service("sns.amazonaws.com");
    Requester root = Requester.Signed.root("111122223333");

    assertThat(ofResource("Allow", "'*'", Requester.ANONYMOUS)).isEqualTo(Effect.ALLOW);
    assertThat(ofResource("Allow", "{'AWS': '*'}", Requester.ANONYMOUS)).isEqualTo(Effect.ALLOW);
    assertThat(ofResource("Allow", "{'AWS': '111122223333'}", Requester.ANONYMOUS))
        .isEqualTo(Effect.NONE);
    assertThat(ofResource("Allow", "{'Service': 'sns.amazonaws.com'}", sns))
        .isEqualTo(Effect.ALLOW);
    assertThat(ofResource("Allow", "{'AWS': '*'}", sns)).isEqualTo(Effect.NONE);
    assertThat(ofResource("Allow", "{'AWS': '111122223333'}", root)).isEqualTo(Effect.ALLOW);
    assertThat(ofResource("Deny", "{'AWS': '111122223333'}", SIGNED)).isEqualTo(Effect.DENY);
    assertThat(ofResource("Deny", "{'AWS': '444455556666'}", SIGNED)).isEqualTo(Effect.NONE);
    assertThat(ofResource("Deny", "{'Federated': 'x'}", SIGNED)).isEqualTo(Effect.DENY);
  }

  private static Effect butFor(String effect, String spared, Requester requester) {
    return Policy.ofResource(
            "{\"Statement\": {\"Effect\": \"%s\", \"NotPrincipal\": %s, \"Action\": \"*\","
                    .formatted(effect, spared.replace('\'', '"'))
                + " \"Resource\": \"*\"}}")
        .evaluate(new AccessRequest(requester, ACTION, RESOURCE, CONTEXT));
  }

  /** A denial spares who is named with his account, a session with its role. */
  @Test
  void whoIsNotTheOneThatIsNamedIsMeant() {
    String account = "'111122223333'";
    String whole = "{'AWS': ['%s', '%s', %s]}".formatted(SESSION, ROLE, account);

    assertThat(butFor("Deny", whole, SIGNED)).isEqualTo(Effect.NONE);
    for (String part :
        List.of(
            "{'AWS': ['%s', '%s']}".formatted(SESSION, ROLE),
            "{'AWS': ['%s', %s]}".formatted(ROLE, account),
            "{'AWS': %s}".formatted(account),
            "{'AWS': '444455556666'}",
            "{'Service': 'sns.amazonaws.com'}")) {
      assertThat(butFor("Deny", part, SIGNED)).as(part).isEqualTo(Effect.DENY);
    }
    assertThat(butFor("Deny", whole, Requester.ANONYMOUS)).isEqualTo(Effect.DENY);
    assertThat(butFor("Deny", "'*'", Requester.ANONYMOUS)).isEqualTo(Effect.NONE);
    assertThat(butFor("Deny", "{'AWS': '*'}", SIGNED)).isEqualTo(Effect.NONE);
    assertThat(butFor("Deny", "{'Federated': 'x'}", SIGNED)).isEqualTo(Effect.DENY);
  }

  /** Nobody is let in by it who is named in any way. */
  @Test
  void allButTheNamedOnesAreAllowed() {
    for (String named :
        List.of(
            "'*'", "{'AWS': '*'}", "{'AWS': '111122223333'}", "{'AWS': '%s'}".formatted(ROLE))) {
      assertThat(butFor("Allow", named, SIGNED)).as(named).isEqualTo(Effect.NONE);
    }
    assertThat(butFor("Allow", "{'AWS': '444455556666'}", SIGNED)).isEqualTo(Effect.ALLOW);
    assertThat(butFor("Allow", "{'AWS': '444455556666'}", Requester.ANONYMOUS))
        .isEqualTo(Effect.ALLOW);
    assertThat(butFor("Allow", "{'AWS': '*'}", Requester.ANONYMOUS)).isEqualTo(Effect.NONE);
    assertThat(butFor("Allow", "{'Federated': 'x'}", SIGNED)).isEqualTo(Effect.NONE);
  }

  @Test
  void aResourcesStatementMeansNobodyWithoutAPrincipal() {
    AccessRequest request = new AccessRequest(SIGNED, ACTION, RESOURCE, CONTEXT);
    String statement =
        "{\"Statement\": {\"Effect\": \"%s\", \"Action\": \"*\", \"Resource\": \"*\"}}";

    assertThat(Policy.ofResource(statement.formatted("Allow")).evaluate(request))
        .isEqualTo(Effect.NONE);
    assertThat(Policy.ofResource(statement.formatted("Deny")).evaluate(request))
        .isEqualTo(Effect.DENY);
  }

  @Test
  void whereMoreThanItSaysMayBeMeantMoreIsDenied() {
    String beyond = "'Action': '*', 'Resource': 'arn:aws:lambda:*:f'";

    assertThat(ofIdentity("Allow", beyond)).isEqualTo(Effect.NONE);
    assertThat(ofIdentity("Deny", beyond)).isEqualTo(Effect.DENY);
  }
}
