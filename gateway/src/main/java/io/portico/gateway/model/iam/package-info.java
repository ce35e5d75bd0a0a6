/** Roles, policies and sessions as stored: what IAM and STS keep. */
@NullMarked
package io.portico.gateway.model.iam;

import org.jspecify.annotations.NullMarked;
