# What changes from the first apply to the second, and what nearly every resource has.
variable "changed" {
  type = bool
}

locals {
  description = var.changed ? "Changed by Terraform" : "Made by Terraform"

  # One tag stays with another value, one goes, one comes.
  tags = var.changed ? { team = "green", stage = "beta" } : { team = "blue", owner = "ada" }
}
