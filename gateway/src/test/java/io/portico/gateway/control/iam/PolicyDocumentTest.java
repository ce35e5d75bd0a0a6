package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyDocumentTest {
  private final IamPlane plane = new IamPlane();

  private String create(String trust) {
    return plane
        .iam(
            "CreateRole", Json.object().put("RoleName", "r").put("AssumeRolePolicyDocument", trust))
        .outcome();
  }

  private String put(String permissions) {
    plane.role("r");
    return plane
        .iam(
            "PutRolePolicy",
            Json.object()
                .put("RoleName", "r")
                .put("PolicyName", "p")
                .put("PolicyDocument", permissions))
        .outcome();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole'}}",
        "{'Version':'2012-10-17','Id':'x','Statement':[{'Sid':'a','Effect':'Deny','NotPrincipal':"
            + "{'AWS':['arn:aws:iam::111122223333:root']},'Action':['sts:AssumeRole',"
            + "'sts:TagSession'],'Condition':{'StringEquals':{'sts:ExternalId':'1'}}}]}",
        "{'Version':'2008-10-17','Statement':[{'Effect':'Allow','Principal':{'Federated':'x'},"
            + "'Action':'sts:AssumeRoleWithWebIdentity'},{'Effect':'Allow','Principal':"
            + "{'Service':['a.amazonaws.com','b.amazonaws.com']},'Action':'sts:*'}]}"
      })
  void aTrustPolicyIsTaken(String document) {
    assertThat(create(document.replace('\'', '"'))).isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | This policy contains invalid Json",
        "{'Statement':[],'Statement':[]} | This policy contains invalid Json",
        "[] | Syntax errors in policy.",
        "{} | Syntax errors in policy.",
        "{'Statement':[]} | Syntax errors in policy.",
        "{'Statement':['x']} | Syntax errors in policy.",
        "{'Version':'2012','Statement':{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole'}} | Syntax errors in policy.",
        "{'Statements':{}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Extra':1}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Resource':'*'}} | Has prohibited field Resource",
        "{'Statement':{'Principal':'*','Action':'sts:AssumeRole'}} | Missing required field Effect",
        "{'Statement':{'Effect':'allow','Principal':'*','Action':'sts:AssumeRole'}} | Missing required field Effect",
        "{'Statement':{'Effect':'Allow','Action':'sts:AssumeRole'}} | Missing required field Principal",
        "{'Statement':{'Effect':'Allow','Principal':{},'Action':'sts:AssumeRole'}} | Missing required field Principal",
        "{'Statement':{'Effect':'Allow','Principal':'*'}} | Missing required field Action",
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'s3:GetObject'}} | AssumeRole policy may only specify STS AssumeRole actions.",
        "{'Statement':[{'Sid':'a','Effect':'Allow','Principal':'*','Action':'sts:*'},{'Sid':'a','Effect':'Allow','Principal':'*','Action':'sts:*'}]} | Statement IDs (SID) in a single policy must be unique."
      })
  void aTrustPolicyThatIsNoneIsRefused(String document, String text) {
    assertThat(create(document.replace('\'', '"')))
        .isEqualTo("400 MalformedPolicyDocument: " + text);
    assertThat(plane.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}",
        "{'Version':'2012-10-17','Statement':[{'Sid':'Read1','Effect':'Allow','Action':"
            + "['s3:Get*','logs:PutLogEvents'],'Resource':['arn:aws:s3:::b/*','*']},"
            + "{'Effect':'Deny','NotAction':'iam:*','NotResource':'arn:aws:iam::*:role/*',"
            + "'Condition':{'Bool':{'aws:SecureTransport':'false'}}}]}"
      })
  void aPermissionsPolicyIsTaken(String document) {
    assertThat(put(document.replace('\'', '"'))).isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | Syntax errors in policy.",
        "{'Statement':{'Action':'s3:*','Resource':'*'}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Action':1,'Resource':'*'}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Action':[1],'Resource':'*'}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Action':'s3:*','NotAction':'s3:*','Resource':'*'}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':'x'}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}} | Policy document should not specify a principal.",
        "{'Statement':{'Effect':'Allow','Resource':'*'}} | Policy statement must contain actions.",
        "{'Statement':{'Effect':'Allow','Action':'s3:*'}} | Policy statement must contain resources.",
        "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':[]}} | Policy statement must contain resources.",
        "{'Statement':{'Effect':'Allow','Action':'GetObject','Resource':'*'}} | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'bucket'}} | Resource bucket must be in ARN format or \"*\".",
        "{'Statement':{'Sid':'a b','Effect':'Allow','Action':'s3:*','Resource':'*'}} | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
      })
  void aPermissionsPolicyThatIsNoneIsRefused(String document, String text) {
    assertThat(put(document.replace('\'', '"'))).isEqualTo("400 MalformedPolicyDocument: " + text);
    assertThat(plane.iam("ListRolePolicies", "{'RoleName': 'r'}").all("member")).isEmpty();
  }

  @Test
  void aDocumentThatIsNestedWithoutEndIsRefused() {
    String deep = "{\"Statement\":" + "[".repeat(60_000) + "]".repeat(60_000) + "}";

    assertThat(put(deep)).isEqualTo("400 MalformedPolicyDocument: Syntax errors in policy.");
  }
}
