"""The penalty case (行政处罚案件): a case is the sum of its acts, judged by the law of the day it was filed."""
