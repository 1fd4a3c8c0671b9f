"""Who may see and change the ledger."""

from luodi.kernel.permission import is_staff_of_the_city, is_supervision

sees_ledger = is_staff_of_the_city
edits_ledger = is_supervision
