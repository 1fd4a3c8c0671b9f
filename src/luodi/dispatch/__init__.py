"""Step 5: the city's rhythm 周调度 月开工 季观摩 年考核, supervision orders 督办单 and bulletins 通报."""
